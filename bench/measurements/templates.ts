import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchError, type Measurement, type Outcome, type Pace } from 'dev-kit/bench/measurement';
import { loadPeer } from 'dev-kit/bench/peers';
import { ms, number, type Table, times } from 'dev-kit/bench/report/table';
import { interleaved, median } from 'dev-kit/bench/statistics';
import { bundle } from 'embedded-aws/bench';
import { type Render, velocityjsRenderer } from './velocityjs';

const ROOT = path.join(__dirname, '..', '..');
const TEMPLATE = path.join(ROOT, 'templates', 'PutRecords.request.vtl');

interface Case {
  readonly records: number;
  /** Size of a record's data. */
  readonly bytes: number;
}

const CASES: readonly Case[] = [
  { records: 1, bytes: 200 },
  { records: 10, bytes: 200 },
  { records: 100, bytes: 200 },
  { records: 500, bytes: 200 },
  { records: 500, bytes: 10_000 },
];

/** API Gateway's maximum payload: 10 MB including everything around the data. */
const LARGEST: Case = { records: 500, bytes: 20_800 };

/** Templates rendered by the embedded gateway's Velocity, compared with velocityjs. */
export const templates: Measurement = {
  name: 'templates',
  title: 'Templates',
  how: "This project's `PutRecords.request.vtl`, rendered in one process by the embedded gateway's engine, bundled as the embedded AWS is, and by velocityjs, each with the template parsed before and the JSON body parsed at every rendering. velocityjs gets `$input`, `$util` and the methods of Java strings from the bench, written to be fast. Records have every member and text as data, where both give the same JSON; the bench checks that they do. Figures are CPU time.",
  peers: ['velocityjs'],
  mostSeconds: 40,
  async run(pace) {
    const template = readFileSync(TEMPLATE, 'utf8');
    const peer = velocityjsRenderer(loadPeer('velocityjs'), template);
    const engine = bundledVelocity();
    const own: Render = (body) => renderOwn(engine, template, body);
    const cases = [...CASES, LARGEST].map((one) => ({ ...one, body: bodyOf(one) }));
    for (const { body } of cases) requireSame(own(body), peer(body));
    // All sizes take turns, because they are also compared with each other.
    const rounds = await interleaved(
      pace.rounds,
      Object.fromEntries(
        cases.flatMap(({ records, bytes, body }, index) => {
          const measured = (render: Render) => () => {
            pace.progress(`${records} records of ${bytes} B`);
            return cpuPerCall(() => render(body), pace.roundMs);
          };
          return [
            [`own ${index}`, measured(own)],
            [`peer ${index}`, measured(peer)],
          ];
        }),
      ),
    );
    const found = cases.map(({ body, ...one }, index) => ({
      ...one,
      bodyBytes: Buffer.byteLength(body),
      own: median(rounds[`own ${index}`] ?? []),
      peer: median(rounds[`peer ${index}`] ?? []),
    }));
    return outcome(pace, found);
  },
};

interface Found extends Case {
  readonly bodyBytes: number;
  /** Milliseconds of CPU time per rendering. */
  readonly own: number;
  readonly peer: number;
}

type Velocity = typeof import('embedded-aws/velocity');

/** The engine from the bundle, as users run it: the bench's own loader compiles it differently. */
function bundledVelocity(): Velocity {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const outfile = path.join(folder, 'velocity.cjs');
    bundle(path.join('velocity', 'index.ts'), outfile);
    return createRequire(outfile)(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function renderOwn(engine: Velocity, template: string, body: string): string {
  return engine.evaluateMappingTemplate(template, {
    body,
    params: { path: { 'stream-name': 'orders' }, querystring: {}, header: {} },
    context: { requestId: 'request-1', requestOverride: {}, responseOverride: {} },
    stageVariables: {},
  }).text;
}

/** CPU time of one call in milliseconds, from as many as fit into a round. */
function cpuPerCall(call: () => void, roundMs: number): number {
  const before = process.cpuUsage();
  const deadline = performance.now() + roundMs;
  let calls = 0;
  do {
    call();
    calls += 1;
  } while (performance.now() < deadline);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}

function bodyOf({ records, bytes }: Case): string {
  const data = 'abcdefghij klmnopqr '.repeat(Math.ceil(bytes / 20)).slice(0, bytes);
  return JSON.stringify({
    records: Array.from({ length: records }, (_, index) => ({
      data,
      'partition-key': `key-${index}`,
      'explicit-hash-key': String(index),
    })),
  });
}

function requireSame(own: string, peer: string): void {
  if (JSON.stringify(JSON.parse(own)) === JSON.stringify(JSON.parse(peer))) return;
  throw new BenchError('The two engines rendered different requests: there is nothing to compare.');
}

function outcome(pace: Pace, found: readonly Found[]): Outcome {
  const perRecord = ({ own, records }: Found) => (own * 1000) / records;
  const table: Table = {
    header: ['records', 'data', 'body', 'this engine', 'velocityjs', 'this engine is', 'a record'],
    rows: found.map((one) => [
      String(one.records),
      one.bytes < 1000 ? `${one.bytes} B` : `${one.bytes / 1000} KB`,
      one.bodyBytes < 1e5
        ? `${number(one.bodyBytes / 1e3)} KB`
        : `${number(one.bodyBytes / 1e6)} MB`,
      ms(one.own),
      ms(one.peer),
      times(one.peer / one.own),
      `${number(perRecord(one))} µs`,
    ]),
  };
  const small = found.filter(({ bytes }) => bytes === 200);
  return {
    tables: [table],
    figures: {
      ...Object.fromEntries(
        small.map(({ records, own, peer }) => [`templates.over.${records}`, peer / own]),
      ),
      'templates.growth': growthOf(small.map(perRecord)),
      'templates.largestMs': found.at(-1)?.own ?? Number.NaN,
    },
    notes: pace.quick ? ['A quick run measures code that is not yet compiled.'] : [],
  };
}

/** The largest ratio of a later value to an earlier one. */
export function growthOf(values: readonly number[]): number {
  const ratios = values.flatMap((later, index) =>
    values.slice(0, index).map((earlier) => later / earlier),
  );
  return Math.max(...ratios);
}
