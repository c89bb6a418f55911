import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evaluateMappingTemplate } from '../../local/velocity';
import { BenchError, type Measurement, type Outcome, type Pace } from '../measurement';
import { loadPeer } from '../peers';
import { ms, number, type Table, times } from '../report/table';
import { interleaved, median } from '../statistics';
import { type Render, velocityjsRenderer } from './velocityjs';

const TEMPLATE = path.join(__dirname, '..', '..', 'templates', 'PutRecords.request.vtl');

interface Case {
  readonly records: number;
  /** Of a record's data. */
  readonly bytes: number;
}

const CASES: readonly Case[] = [
  { records: 1, bytes: 200 },
  { records: 10, bytes: 200 },
  { records: 100, bytes: 200 },
  { records: 500, bytes: 200 },
  { records: 500, bytes: 10_000 },
];

/** As large as API Gateway lets a payload be: 10 MB with all that is around the data. */
const LARGEST: Case = { records: 500, bytes: 20_800 };

/** Templates rendered by the embedded gateway's Velocity, beside velocityjs. */
export const templates: Measurement = {
  name: 'templates',
  title: 'Templates',
  how: "This project's `PutRecords.request.vtl`, rendered in one process by the embedded gateway and by velocityjs, each with the template parsed before and the JSON body parsed at every rendering. velocityjs gets `$input`, `$util` and the methods of Java strings from the bench, written to be fast. Records have every member and text as data, where both give the same JSON; the bench checks that they do. Figures are CPU time.",
  peers: ['velocityjs'],
  async run(pace) {
    const template = readFileSync(TEMPLATE, 'utf8');
    const peer = velocityjsRenderer(loadPeer('velocityjs'), template);
    const own: Render = (body) => renderOwn(template, body);
    const found: Found[] = [];
    for (const one of [...CASES, LARGEST]) {
      const body = bodyOf(one);
      pace.told(`${one.records} records of ${one.bytes} B`);
      requireSame(own(body), peer(body));
      const rounds = await interleaved(pace.rounds, {
        own: () => cpuPerCall(() => own(body), pace.roundMs),
        peer: () => cpuPerCall(() => peer(body), pace.roundMs),
      });
      found.push({
        ...one,
        bodyBytes: Buffer.byteLength(body),
        own: median(rounds.own),
        peer: median(rounds.peer),
      });
    }
    return outcome(pace, found);
  },
};

interface Found extends Case {
  readonly bodyBytes: number;
  /** Milliseconds of CPU time per rendering. */
  readonly own: number;
  readonly peer: number;
}

function renderOwn(template: string, body: string): string {
  return evaluateMappingTemplate(template, {
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

/** The most that a later value is of an earlier one. */
export function growthOf(values: readonly number[]): number {
  const ratios = values.flatMap((later, index) =>
    values.slice(0, index).map((earlier) => later / earlier),
  );
  return Math.max(...ratios);
}
