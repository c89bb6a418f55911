import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Measurement } from 'dev-kit/bench/measurement';
import { renderTable } from 'dev-kit/bench/report/table';
import { figuresOf, type Machine, type Result, type Results, wasBusy } from '../results';
import { isMet, TARGETS, type Target } from '../targets';

const DOCS = path.join(__dirname, '..', '..', 'docs');

export const DOCUMENT_FILE = path.join(DOCS, 'performance.md');
export const CHART_FILE = path.join(DOCS, 'performance.svg');
/** The text written by hand, without the tables. */
const TEMPLATE_FILE = path.join(__dirname, 'performance.template.md');

/**
 * docs/performance.md: the template with its placeholders filled in: `{{targets}}`, and
 * `{{gateway}}` for the measurement of that name.
 * @throws Error for a placeholder of nothing, and for a measurement without one
 */
export function performanceDocument(
  measurements: readonly Measurement[],
  results: Results,
  template = readFileSync(TEMPLATE_FILE, 'utf8'),
): string {
  const parts = new Map([
    ['targets', targetsTable(results)],
    ...measurements.map((one) => [one.name, chapter(one, results[one.name])] as const),
  ]);
  for (const name of parts.keys()) {
    if (!template.includes(`{{${name}}}`)) throw new Error(`The template has no {{${name}}}.`);
  }
  return template.replace(/\{\{([\w-]+)\}\}/g, (_, name: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`The template asks for {{${name}}}: there is no such.`);
    return part;
  });
}

/** One measurement's part: how, where and when, its tables and its notes. */
function chapter({ how, name }: Measurement, result: Result | undefined): string {
  if (result === undefined) {
    return `${how}\n\nNot measured yet: \`npm run bench -- --only ${name} --write\`.`;
  }
  const { tables, notes = [] } = result;
  return [
    how,
    circumstances(result),
    ...tables.map((table) =>
      table.title === undefined ? renderTable(table) : `${table.title}:\n\n${renderTable(table)}`,
    ),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}

function circumstances({ date, machine, quick, seconds }: Result): string {
  const warnings = [
    ...(quick ? ['**A quick run: too short for figures to rely on.**'] : []),
    ...(wasBusy(machine)
      ? [`**The machine was busy (load ${machine.load}): trust CPU times and ratios only.**`]
      : []),
  ];
  return [`*${date}, ${machineInWords(machine)}, ${Math.round(seconds)} s.*`, ...warnings].join(
    ' ',
  );
}

const machineInWords = ({ cpu, cores, memoryGiB, system, node }: Machine) =>
  `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}`;

const VERDICTS = { true: 'yes', false: '**no**', undefined: 'not measured' } as const;

/** Every target, what was measured, and whether it is met. */
export function targetsTable(results: Results): string {
  return renderTable({
    header: ['target', 'wanted', 'measured', 'by CPU time', 'met'],
    rows: judged(results).map(({ target, measured, byCpu, isByCpu, met }) => [
      target.what,
      `${target.bound} ${target.show(target.value)}`,
      measured === undefined ? '–' : target.show(measured),
      byCpu === undefined ? '' : target.show(byCpu),
      `${VERDICTS[`${met}`]}${isByCpu && met !== undefined ? ', by CPU time' : ''}`,
    ]),
  });
}

/** The targets that the results miss. */
export function missedTargets(results: Results): readonly Target[] {
  return judged(results).flatMap(({ target, met }) => (met === false ? [target] : []));
}

/** On a busy machine wall clocks tell little: there CPU time decides, where both are measured. */
function judged(results: Results) {
  const figures = figuresOf(results);
  return TARGETS.map((target) => {
    const measured = figures[target.figure];
    const byCpu = target.byCpu === undefined ? undefined : figures[target.byCpu];
    const machine = results[target.figure.split('.')[0] ?? '']?.machine;
    const isByCpu = byCpu !== undefined && machine !== undefined && wasBusy(machine);
    const met = isMet(target, isByCpu ? byCpu : measured);
    return { target, measured, byCpu, isByCpu, met };
  });
}
