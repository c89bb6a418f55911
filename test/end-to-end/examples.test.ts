import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import { AwsError } from '../../local/core/errors';
import type { Fault } from '../../local/kinesis';
import {
  EXAMPLES,
  type ListeningStage,
  listeningStage,
  runExample,
  type Surroundings,
} from './support/example-runs';
import { pythonForExamples } from './support/python';
import { streamsOn } from './support/streams';

// The programs of examples/, run as a user runs them, on stages of all three authorizations.

const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As an owner of the account reads it. */
const OWNER = {
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
async function readAll(python: string, endpoint: string, stream: string): Promise<SparkRow[]> {
  const environment = { ...OWNER, AWS_ENDPOINT_URL: endpoint };
  const { code, output, errors } = await runExample(
    { python, folder, environment },
    'read_as_spark.py',
    stream,
  );
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function file(name: string, lines: readonly string[]): string {
  const place = path.join(folder, name);
  writeFileSync(place, lines.map((line) => `${line}\n`).join(''));
  return place;
}

/** Data that somebody has, once, sent through something that was not ready for it. */
const HOSTILE: readonly unknown[] = [
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

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

describe.each(['AWS_IAM', 'API_KEY', 'NONE'] as const)('authorization=%s', (authorization) => {
  let stage: ListeningStage;
  let environment: Record<string, string>;
  let wrong: Record<string, string>;

  beforeAll(async () => {
    stage = await listeningStage({ authorization });
    await streamsOn(stage.endpoint).create('lesson', 2);
    ({ environment, wrong } = await settings());
  });
  afterAll(() => stage.close());

  async function settings(): Promise<Record<'environment' | 'wrong', Record<string, string>>> {
    if (authorization === 'AWS_IAM') {
      const statement = {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: `arn:aws:execute-api:us-east-1:000000000000:${stage.stage.restApiId}/dev/PUT/*`,
      };
      const user = await stage.stage.userWith(
        JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      );
      const right = {
        KINESIS_API_AUTHORIZATION: 'AWS_IAM',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: user.accessKeyId,
        AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
      };
      return { environment: right, wrong: { ...right, AWS_SECRET_ACCESS_KEY: 'wrong' } };
    }
    if (authorization === 'API_KEY') {
      const client = new APIGatewayClient(stage.stage.sdk());
      const { items = [] } = await client.send(new GetApiKeysCommand({ includeValues: true }));
      return {
        environment: { KINESIS_API_KEY: items[0]?.value ?? '' },
        wrong: { KINESIS_API_KEY: 'wrong' },
      };
    }
    return { environment: {}, wrong: { KINESIS_API_AUTHORIZATION: 'API_KEY' } };
  }

  const around = (python: string, other?: Record<string, string>): Surroundings => ({
    python,
    folder,
    environment: other ?? environment,
  });

  pythonForExamples('one record and many, as the lesson sends them', async (python) => {
    for (const program of ['send_record.py', 'send_records.py']) {
      const run = await runExample(around(python), program, stage.invokeUrl, 'lesson');
      expect(run).toMatchObject({ code: 0, errors: '' });
      expect(run.output).toMatch(/^200\nb'\{.*"SequenceNumber": ?"\d{56}"/);
    }

    const rows = await readAll(python, stage.endpoint, 'lesson');
    const found = rows.map((row) => [row.partitionKey, row['CAST(data AS STRING)']]);
    expect(found.sort()).toEqual([
      ['desired-name', '{"index":1,"name":"Maya","age":25,"role":"engineer"}'],
      ['partition-1', 'Hello, Kinesis!'],
      ['partition-2', 'Another message'],
    ]);
    const first = rows.find((row) => row.partitionKey === 'desired-name');
    expect(first?.from_json).toEqual({ index: 1, name: 'Maya', age: 25, role: 'engineer' });
  });

  pythonForExamples('what a file holds is in the stream, byte for byte', async (python) => {
    await streamsOn(stage.endpoint).create('hostile', 3);
    const input = file(
      `${authorization}.jsonl`,
      HOSTILE.map((value) => JSON.stringify(value)),
    );

    const run = await runExample(around(python), 'bulk_send.py', stage.invokeUrl, 'hostile', input);

    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toMatch(/^16 records accepted \(1\.0 MiB\) in [\d.]+ s\n$/);
    const rows = await readAll(python, stage.endpoint, 'hostile');
    const stored = rows.map(({ data }) => Buffer.from(data, 'base64').toString()).sort();
    const expected = HOSTILE.map(textOf).sort();
    // First in a form that shows what differs, and not with a mebibyte of it.
    const shown = (texts: string[]) => texts.map((each) => encodeURIComponent(each.slice(0, 200)));
    expect(shown(stored)).toEqual(shown(expected));
    expect(stored).toEqual(expected);
  });

  pythonForExamples('who is not let in is told so', async (python) => {
    const input = file('one.jsonl', ['1']);
    const run = await runExample(
      around(python, wrong),
      'bulk_send.py',
      stage.invokeUrl,
      'lesson',
      input,
    );
    expect(run.errors).toMatch(
      {
        AWS_IAM: /^Stopped at line 1: 403 INVALID_SIGNATURE: .+\n$/,
        API_KEY: /^Stopped at line 1: 403 INVALID_API_KEY: .+\n$/,
        NONE: /^API_KEY needs the key in the environment: KINESIS_API_KEY=…\n$/,
      }[authorization],
    );
    expect(run.code).toBe(authorization === 'NONE' ? 2 : 1);
  });
});

describe('against a Kinesis that refuses', () => {
  const COUNT = 10_000;
  let stage: ListeningStage;
  let fault: ((action: string) => Fault | undefined) | undefined;

  beforeAll(async () => {
    stage = await listeningStage(
      { authorization: 'NONE' },
      { faults: ({ action }) => fault?.(action) },
    );
  });
  afterEach(() => {
    fault = undefined;
  });
  afterAll(() => stage.close());

  pythonForExamples('10,000 rows of a CSV in a pipe are written once each', async (python) => {
    await streamsOn(stage.endpoint).create('csv', 4);
    const rows = Array.from({ length: COUNT }, (_, n) => `${n},"key ${n % 7}, é"\n`);
    const throttled = new AwsError('ThrottlingException', 'Rate exceeded');
    const unavailable = new AwsError('ServiceUnavailable', '', { status: 503 });
    let requests = 0;
    // Kinesis asks twice of a batch that it reads: for the request, and for its records.
    fault = (action) => {
      if (action !== 'PutRecords') return undefined;
      requests += 1;
      if (requests === 3) return { error: throttled };
      if (requests === 8) return { error: unavailable };
      return requests < 20 ? { throttledShare: 0.1 } : undefined;
    };

    const run = await runExample(
      { python, folder, stdin: `n,customer\n${rows.join('')}` },
      'bulk_send.py',
      stage.invokeUrl,
      'csv',
      '--format=csv',
      '--key=customer',
    );

    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toMatch(/^10,000 records accepted \(.+ KiB\) in .+ s, [\d,]+ sent again\n$/);
    const found = await readAll(python, stage.endpoint, 'csv');
    const numbers = found.map(({ from_json: value }) => Number((value as { n: string }).n));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, n) => n));
  });

  pythonForExamples('a record counts as many bytes as are stored of it', async (python) => {
    await streamsOn(stage.endpoint).create('sizes', 1);
    const lines = [
      ...HOSTILE.slice(0, -1).map((value) => JSON.stringify(value)),
      ...['1e6', '1e7', '1.0E-5', '0.001', '-123456789.125', '1e21', '-0.0', '1.10', '1e300'],
      ...['12345678901234567890', '1234567890.12345678901234', '0.0000000000000000000001e2'],
      ...[
        '[1.5e10, {"a": 1e16}]',
        '{"q": "\\u2028\\u2014é🙂\\u007f\\u0080\\b\\f"}',
        '{"a": 1, "a": 22}',
      ],
    ];
    const sizer =
      'import io, sys\n' +
      'from bulk_sender.json_lines import read_json_lines\n' +
      'from bulk_sender.records import RecordMaker\n' +
      'for record in read_json_lines(sys.stdin.buffer, RecordMaker()):\n' +
      '    print(record.size - len(record.key))';
    const counted = execFileSync(python, ['-c', sizer], {
      input: lines.join('\n'),
      env: { ...process.env, PYTHONPATH: EXAMPLES },
      encoding: 'utf8',
    });

    const run = await runExample(
      { python, folder, stdin: lines.join('\n') },
      'bulk_send.py',
      ...[stage.invokeUrl, 'sizes'],
    );

    expect(run).toMatchObject({ code: 0, errors: '' });
    const rows = await readAll(python, stage.endpoint, 'sizes');
    const stored = rows.map(({ data }) => Buffer.from(data, 'base64'));
    expect(
      counted
        .trim()
        .split('\n')
        .map((size, index) => [lines[index], Number(size)]),
    ).toEqual(stored.map((bytes, index) => [lines[index], bytes.length]));
  });

  pythonForExamples('--ordered keeps the order within a key', async (python) => {
    await streamsOn(stage.endpoint).create('ordered', 2);
    const input = file(
      'ordered.jsonl',
      Array.from({ length: 60 }, (_, n) => JSON.stringify({ n, k: `key-${n % 20}` })),
    );
    fault = (action) => (action === 'PutRecords' ? { throttledShare: 0.3 } : undefined);

    const run = await runExample(
      { python, folder },
      'bulk_send.py',
      ...[stage.invokeUrl, 'ordered', input, '--key=k', '--ordered', '--attempts=100'],
    );

    expect(run).toMatchObject({ code: 0, errors: '' });
    const found = await readAll(python, stage.endpoint, 'ordered');
    expect(found).toHaveLength(60);
    for (let k = 0; k < 20; k += 1) {
      const numbers = found
        .filter((row) => row.partitionKey === `key-${k}`)
        .map((row) => (row.from_json as { n: number }).n);
      expect(numbers).toEqual([k, k + 20, k + 40]);
    }
  });

  pythonForExamples('lines that are no records do not stop the rest', async (python) => {
    await streamsOn(stage.endpoint).create('mixed', 1);
    const large = JSON.stringify('x'.repeat(1024 * 1024 + 1));
    const input = file('mixed.jsonl', ['{"n": 1}', '{"n": ', large, '{"n": 4}']);
    const rejected = path.join(folder, 'mixed.rejected');

    const run = await runExample(
      { python, folder },
      'bulk_send.py',
      ...[stage.invokeUrl, 'mixed', input, '--rejected', rejected],
    );

    expect(run.code).toBe(1);
    expect(run.errors).toMatch(/^line 2: no JSON: .+\nline 3: 1,048,613 bytes with its key; .+\n$/);
    expect(run.output).toContain('2 records accepted');
    expect(run.output).toContain(`2 not accepted: ${rejected}\n`);
    expect(readFileSync(rejected, 'utf8')).toBe(`{"n": \n${large}\n`);
    const found = await readAll(python, stage.endpoint, 'mixed');
    expect(found.map((row) => row.from_json)).toEqual([{ n: 1 }, { n: 4 }]);
  });

  pythonForExamples('the reader follows a shard that was split', async (python) => {
    const { kinesis, create, put, active } = streamsOn(stage.endpoint);
    await create('split', 1);
    await put('split', [{ data: 'before' }]);
    await kinesis.send(
      new SplitShardCommand({
        StreamName: 'split',
        ShardToSplit: 'shardId-000000000000',
        NewStartingHashKey: String(2n ** 127n),
      }),
    );
    await active('split');
    await put('split', [
      { data: 'low', hashKey: '0' },
      { data: 'high', hashKey: String(2n ** 128n - 1n) },
    ]);

    const rows = await readAll(python, stage.endpoint, 'split');

    expect(rows.map((row) => [row.shardId, row['CAST(data AS STRING)']])).toEqual([
      ['shardId-000000000000', 'before'],
      ['shardId-000000000001', 'low'],
      ['shardId-000000000002', 'high'],
    ]);
  });

  pythonForExamples('a stream that is not there is no stack trace', async (python) => {
    const environment = { ...OWNER, AWS_ENDPOINT_URL: stage.endpoint };
    const run = await runExample({ python, folder, environment }, 'read_as_spark.py', 'nowhere');
    expect(run).toEqual({
      code: 1,
      output: '',
      errors:
        'Kinesis refused: ResourceNotFoundException: Stream nowhere under account 000000000000 not found.\n',
    });
  });
});
