import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import { pythonForExamples } from 'dev-kit/testing/python';
import type { Fault } from 'embedded-aws/kinesis';
import { AwsError } from 'embedded-aws/kinesis';
import { EXAMPLES, type ListeningStage, listeningStage, runExample } from './support/example-runs';
import { exampleFiles, HOSTILE, OWNER, readAll } from './support/example-streams';
import { streamsOn } from './support/streams';

// The programs of examples/ with a Kinesis that throttles and fails, and with input that is not at its best.

const { folder, file } = exampleFiles();

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
    const found = await readAll({ python, folder }, stage.endpoint, 'csv');
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
    const rows = await readAll({ python, folder }, stage.endpoint, 'sizes');
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
    const found = await readAll({ python, folder }, stage.endpoint, 'ordered');
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
    const found = await readAll({ python, folder }, stage.endpoint, 'mixed');
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

    const rows = await readAll({ python, folder }, stage.endpoint, 'split');

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
