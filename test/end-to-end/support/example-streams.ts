import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runExample, type Surroundings } from './example-runs';

/** A folder for the files of one test file's examples; it goes when the tests end. */
export function exampleFiles() {
  const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** Writes a file of lines. @returns its path */
    file(name: string, lines: readonly string[]): string {
      const place = path.join(folder, name);
      writeFileSync(place, lines.map((line) => `${line}\n`).join(''));
      return place;
    },
  };
}

/** As an owner of the account reads it. */
export const OWNER = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'us-east-1',
};

interface SparkRow {
  readonly partitionKey: string;
  readonly data: string;
  readonly from_json: unknown;
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly 'CAST(data AS STRING)': string;
}

/** All of a stream, by the example that reads. */
export async function readAll(
  around: Surroundings,
  endpoint: string,
  stream: string,
): Promise<SparkRow[]> {
  const environment = { ...OWNER, AWS_ENDPOINT_URL: endpoint };
  const { code, output, errors } = await runExample(
    { ...around, environment },
    'read_as_spark.py',
    stream,
  );
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Data that somebody has, once, sent through something that was not ready for it. */
export const HOSTILE: readonly unknown[] = [
  '',
  'é ü 漢字 🙂 \u2028\u2014',
  'line\nfeed "quotes" \\ \'single\' \t\u0000\u007f',
  { nested: { deep: [1, 2, { 'a b': null }] }, '__proto__.x': true },
  JSON.parse('{"__proto__": {"constructor": 1}}'),
  '{"looks": "like JSON"}',
  '$input.path("$") #set($x = 1) ${y} ## z',
  '</script><b>&amp;',
  { url: 'https://example.org/a/b' },
  0,
  -1.5,
  true,
  null,
  [],
  {},
  'x'.repeat(1024 * 1024 - 36),
];
