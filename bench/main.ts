/**
 * Measures the embedded AWS and the service's commands beside their peers.
 *
 *   npm run bench                            everything but npm test, in under twelve minutes
 *   npm run bench -- --only engine,templates some of it
 *   npm run bench -- --quick                 whether it works; the figures are worth nothing
 *   npm run bench -- --write                 writes docs/performance.md and its chart as well
 *   npm run bench -- --profile gateway       where the embedded AWS spends its time under it
 *   npm run bench -- --render                writes the page again, when only its text has changed
 *   npm run bench -- --list                  what there is to measure
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchError, FULL, type Measurement, type Outcome, QUICK } from 'dev-kit/bench/measurement';
import { type Absent, installPeers } from 'dev-kit/bench/peers';
import { stopAll } from 'dev-kit/bench/processes/child';
import { cleanUp } from 'dev-kit/bench/processes/cleanup';
import { profileTable, readProfiles } from 'dev-kit/bench/report/profile';
import { renderTable } from 'dev-kit/bench/report/table';
import { MEASUREMENTS } from './measurements';
import { type Options, parseOptions } from './options';
import { performanceChart } from './report/chart';
import {
  CHART_FILE,
  DOCUMENT_FILE,
  missedTargets,
  performanceDocument,
  targetsTable,
} from './report/document';
import {
  figuresOf,
  type Machine,
  mergeResults,
  RESULTS_FILE,
  type Result,
  type Results,
  readResults,
  thisMachine,
  wasBusy,
  writeResults,
} from './results';

async function main(): Promise<void> {
  // The SDK's warning about this version of Node would appear in the middle of a table.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const options = parseOptions(process.argv.slice(2), MEASUREMENTS);
  if (options.list) return list();
  if (options.render) return write({});
  const machine = thisMachine();
  if (wasBusy(machine)) {
    console.error(`The machine is busy (load ${machine.load}): trust CPU times and ratios only.`);
  }
  const peers = new Set(options.chosen.flatMap((one) => one.peers ?? []));
  const absent = await installPeers(peers, console.error);
  const results: Record<string, Result> = {};
  const started = performance.now();
  for (const one of options.chosen) {
    try {
      results[one.name] = await measure(one, options, machine, absent);
    } catch (error) {
      // The others count nevertheless.
      fail(error);
    }
  }
  console.log(`\n## Targets\n\n${targetsTable(results)}`);
  console.log(`\nAll of it took ${Math.round((performance.now() - started) / 1000)} s.`);
  if (options.write) write(results);
}

function list(): void {
  for (const { name, title, peers = [], mostSeconds, onlyByName } of MEASUREMENTS) {
    const remarks = [
      `${mostSeconds} s at the most`,
      ...(peers.length > 0 ? [`beside ${peers.join(', ')}`] : []),
      ...(onlyByName ? ['only when named'] : []),
    ];
    console.log(`${name.padEnd(14)}${title} (${remarks.join('; ')})`);
  }
}

async function measure(
  one: Measurement,
  options: Options,
  machine: Machine,
  absent: Absent,
): Promise<Result> {
  console.log(`\n## ${one.title}\n`);
  const started = performance.now();
  const { quick } = options;
  const profileFolder = options.profile ? mkdtempSync(path.join(tmpdir(), 'bench-')) : undefined;
  const outcome = await one.run({
    ...(quick ? QUICK : FULL),
    absent,
    ...(profileFolder && { profileFolder }),
    progress,
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  erase();
  show(outcome);
  if (seconds > one.mostSeconds) {
    console.error(`It took ${seconds} s, and was to take ${one.mostSeconds} s at the most.`);
  }
  if (profileFolder !== undefined) showProfile(profileFolder);
  return { ...outcome, date: new Date().toISOString().slice(0, 10), quick, seconds, machine };
}

function show({ tables, notes = [] }: Outcome): void {
  for (const table of tables) {
    console.log(`${table.title === undefined ? '' : `${table.title}:\n\n`}${renderTable(table)}\n`);
  }
  for (const note of notes) console.log(`- ${note}`);
}

/** Prints where the embedded AWS spent its time. */
function showProfile(folder: string): void {
  console.log(`Where its time went:\n\n${renderTable(profileTable(readProfiles(folder)))}`);
  rmSync(folder, { recursive: true, force: true });
}

function write(measured: Results): void {
  writeResults(mergeResults(readResults(), measured));
  // As readers of the file get it: JSON has no NaN.
  const results = readResults();
  writeFileSync(DOCUMENT_FILE, performanceDocument(MEASUREMENTS, results));
  writeFileSync(CHART_FILE, performanceChart(figuresOf(results)));
  const root = path.join(__dirname, '..');
  spawnSync(path.join(root, 'node_modules', '.bin', 'biome'), ['format', '--write', RESULTS_FILE], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  const missed = missedTargets(results);
  console.log(`\nWritten: docs/performance.md, docs/performance.svg, bench/results.json.`);
  if (missed.length > 0) {
    console.log(
      `${missed.length} targets are missed. What a profile shows of each, and the next step, belongs into bench/report/performance.template.md.`,
    );
  }
}

/** One changing line on a terminal; nothing elsewhere, so that a file has only the tables. */
function progress(what: string): void {
  if (!process.stderr.isTTY) return;
  erase();
  process.stderr.write(`  ${what} …`);
}

function erase(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

let isInterrupted = false;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    isInterrupted = true;
    erase();
    stopAll().finally(() => {
      cleanUp();
      process.exit(code);
    });
  });
}

function fail(error: unknown): void {
  // An interrupted measurement fails because its servers are gone.
  if (isInterrupted) throw error;
  erase();
  console.error(error instanceof BenchError ? error.message : error);
  process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    if (!isInterrupted) fail(error);
  })
  .finally(async () => {
    await stopAll();
    cleanUp();
  });
