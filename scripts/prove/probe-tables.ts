import { readFileSync } from 'node:fs';
import path from 'node:path';
import { table } from '../markdown';
import { probes } from './probes';
import { NOT_ASKED, PAGES, SHOWN_BY_STEPS } from './rows';

const FOLDER = path.join(__dirname, '..', '..', 'packages', 'embedded-aws', 'docs');

/** Rows of the evidence tables that nobody has recorded: `page: behaviour`. */
function unrecordedRows(): string[] {
  return PAGES.flatMap((page) =>
    readFileSync(path.join(FOLDER, `${page}.md`), 'utf8')
      .split('\n')
      .map((line) => line.split(' | '))
      .filter(([, , evidence = '', test]) => test && /documented|inferred/.test(evidence))
      .map(([behaviour = '']) => `${page}: ${behaviour.replace(/^\| /, '')}`),
  );
}

const namedRows = (): string[] => [
  ...probes.flatMap((probe) => probe.rows),
  ...Object.values(SHOWN_BY_STEPS).flat(),
  ...Object.values(NOT_ASKED).flat(),
];

/** Rows that the probes, the steps or the reasons name and no page has any more. */
export function unknownRows(): string[] {
  const rows = new Set(unrecordedRows());
  return namedRows().filter((row) => !rows.has(row));
}

/** Rows that have no probe, no step and no reason for it. */
export function forgottenRows(): string[] {
  const named = new Set(namedRows());
  return unrecordedRows().filter((row) => !named.has(row));
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The generated part of docs/proving.md. */
export function probeTables(): string {
  const rows = unrecordedRows();
  const byProbe = rows.flatMap((row) => {
    const names = probes.filter((probe) => probe.rows.includes(row)).map(({ name }) => name);
    return names.length === 0 ? [] : [{ row, names: names.map((name) => `\`${name}\``) }];
  });
  const byStep = Object.entries(SHOWN_BY_STEPS).flatMap(([step, shown]) =>
    shown.map((row) => ({ row, names: [`step ${step}`] })),
  );
  const shown = [...byProbe, ...byStep];
  const reasons = Object.entries(NOT_ASKED);
  return [
    `### The ${probes.length} probes`,
    table(
      ['probe', 'what to look at'],
      probes.map(({ name, question }) => [`\`${name}\``, cell(question)]),
    ),
    '### The evidence of each row',
    `Of the ${rows.length} rows of the [evidence tables](../packages/embedded-aws/docs) that are documented or inferred, ${shown.length} get evidence.`,
    table(
      ['row', 'evidence'],
      rows.flatMap((row) => {
        const names = shown.filter((one) => one.row === row).flatMap((one) => one.names);
        return names.length === 0 ? [] : [[cell(row), names.join(', ')]];
      }),
    ),
    '### Rows that are not asked about',
    ...reasons.map(([reason, list]) => `**${reason}** ${cell(list.join('; '))}.`),
  ].join('\n\n');
}
