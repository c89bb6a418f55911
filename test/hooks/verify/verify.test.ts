import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import type { ApiClient, Exchange } from '../../../hooks/verify/api-client';
import { checks } from '../../../hooks/verify/checks';
import { Interrupted } from '../../../hooks/verify/interruption';
import { type Verification, verify } from '../../../hooks/verify/verify';

const kinesis = mockClient(KinesisClient);

/** A deployed API in a nutshell: one stream, kept in memory. */
function standIn(
  faults: Partial<Record<string, (answer: Partial<Exchange>) => Partial<Exchange>>> = {},
) {
  let stream: string | undefined;
  const records: { SequenceNumber: string; PartitionKey: string; Data: Uint8Array }[] = [];
  const store = (data: unknown, key: string) => {
    const SequenceNumber = String(records.length + 1);
    const Data = Buffer.from(typeof data === 'string' ? data : JSON.stringify(data));
    records.push({ SequenceNumber, PartitionKey: key, Data });
    return { SequenceNumber, ShardId: 'shardId-000000000000' };
  };
  const answers: Record<string, (name: string, body: never) => unknown> = {
    'POST ': (name) => {
      stream = name;
      return {};
    },
    'GET ': (name) => ({
      StreamDescription: { StreamName: name, StreamStatus: 'ACTIVE', Shards: [{}] },
    }),
    'DELETE ': () => {
      stream = undefined;
      return {};
    },
    'GET /shards': () => ({ Shards: [{ ShardId: 'shardId-000000000000' }] }),
    'GET /sharditerator': () => ({ ShardIterator: 'first' }),
    'GET /records': () => ({ Records: records.slice(0, 1), NextShardIterator: 'next' }),
    'PUT /record': (_, { Data, PartitionKey }: { Data: unknown; PartitionKey: string }) =>
      store(Data, PartitionKey),
    'PUT /records': (_, body: { records: { data: unknown; 'partition-key': string }[] }) => ({
      FailedRecordCount: 0,
      Records: body.records.map((record) => store(record.data, record['partition-key'])),
    }),
  };
  const api: ApiClient = {
    async send(method, path, body) {
      const [, , name = '', rest] = path.replace(/\?.*/, '').split('/');
      const key = name === '' ? 'list' : `${method} ${rest ? `/${rest}` : ''}`;
      const output =
        key === 'list'
          ? { StreamNames: [stream], HasMoreStreams: false }
          : answers[key]?.(name, body as never);
      const answer: Partial<Exchange> = { status: 200, body: JSON.stringify(output) };
      return {
        method,
        url: `https://api.example${path}`,
        requestBody: body === undefined ? undefined : JSON.stringify(body),
        requestId: 'id-1',
        attempts: 1,
        status: 200,
        body: '',
        ...(faults[key] ?? ((same) => same))(answer),
      };
    },
  };
  kinesis.reset();
  kinesis.on(DescribeStreamSummaryCommand).callsFake(() => {
    if (stream === undefined) {
      throw new ResourceNotFoundException({ message: 'not found', $metadata: {} });
    }
    return { StreamDescriptionSummary: { StreamStatus: 'ACTIVE' } };
  });
  kinesis
    .on(ListShardsCommand)
    .resolves({ Shards: [{ ShardId: 'shardId-000000000000' }] as never });
  kinesis.on(GetShardIteratorCommand).resolves({ ShardIterator: 'first' });
  kinesis.on(GetRecordsCommand).callsFake(() => ({ Records: records }));
  return { api, exists: () => stream !== undefined, records };
}

function verification(api: ApiClient, overrides: Partial<Verification> = {}) {
  const printed: string[] = [];
  return {
    printed,
    run: () =>
      verify({
        checks,
        api,
        kinesis: new KinesisClient({ region: 'us-east-1' }),
        stream: 'verify-dev-1',
        jsonSpacing: 'exact',
        managesStreams: true,
        signal: new AbortController().signal,
        print: (text) => printed.push(text),
        ...overrides,
      }),
  };
}

test('a sound API passes every check, each with its line, and nothing is left', async () => {
  const { api, exists } = standIn();
  const { run, printed } = verification(api);

  await run();

  expect(printed).toHaveLength(Object.keys(checks).length);
  for (const text of printed) expect(text).toMatch(/^✔ .+ {2}\d+ ms$/);
  expect(exists()).toBe(false);
  expect(kinesis.commandCalls(CreateStreamCommand)).toHaveLength(0);
});

test('a failure names the endpoint, the request and the answer', async () => {
  const { api } = standIn({
    'PUT /record': () => ({ status: 500, body: '{"message": "Internal server error"}' }),
  });
  const { run, printed } = verification(api);

  await expect(run()).rejects.toThrow(
    'Verification failed: PUT /streams/{stream-name}/record (8 of 10 checks passed).',
  );

  const failure = printed.find((text) => text.startsWith('✖'));
  expect(failure).toContain('PUT /streams/{stream-name}/record (PutRecord)');
  expect(failure).toContain('expected 200, got 500');
  expect(failure).toContain('request  PUT https://api.example/streams/verify-dev-1/record {');
  expect(failure).toContain('answer   500 {"message": "Internal server error"}');
  expect(failure).toContain('request id id-1');
});

test.each([
  ['a failed record in a batch', 'PUT /records', '{"FailedRecordCount": 1, "Records": []}'],
  ['a batch answer that is short', 'PUT /records', '{"FailedRecordCount": 0, "Records": []}'],
  ['an answer without a sequence number', 'PUT /record', '{}'],
  ['an answer that is not JSON', 'GET ', 'Error'],
  ["another stream's description", 'GET ', '{"StreamDescription": {"StreamName": "other"}}'],
  ['a list without the stream', 'list', '{"StreamNames": [], "HasMoreStreams": false}'],
])('%s fails', async (_, key, body) => {
  const { api, exists } = standIn({ [key]: () => ({ status: 200, body }) });

  await expect(verification(api).run()).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
  expect(exists()).toBe(false);
});

test('a byte that changed on the way is found', async () => {
  const { api, records } = standIn({
    'PUT /records': (answer) => {
      const last = records.at(-2);
      if (last !== undefined) last.Data = Buffer.from('{"nested": {}}');
      return answer;
    },
  });
  const { run, printed } = verification(api);

  await expect(run()).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
  expect(printed.join('\n')).toContain('the stream holds "{\\"nested\\": {}}" where');
});

test.each([
  ['exact', 'VERIFICATION_FAILED'],
  ['any', undefined],
] as const)(
  'JSON that an emulator spaced differently: spacing %s gives %s',
  async (jsonSpacing, code) => {
    const { api, records } = standIn({
      'PUT /record': (answer) => {
        for (const record of records) {
          record.Data = Buffer.from('{"index": 1, "name": "Maya", "age": 25, "role": "engineer"}');
        }
        return answer;
      },
    });

    const outcome = await verification(api, { jsonSpacing })
      .run()
      .catch((error: { code: string }) => error.code);

    expect(outcome).toBe(code);
  },
);

test('an interrupted run still deletes its stream', async () => {
  const { api, exists } = standIn();
  const interruption = new AbortController();
  const { run, printed } = verification(
    {
      async send(method, path, body) {
        const answer = await api.send(method, path, body);
        interruption.abort(new Interrupted('SIGTERM'));
        return answer;
      },
    },
    { signal: interruption.signal },
  );
  kinesis
    .onAnyCommand({ EnforceConsumerDeletion: true })
    .callsFake(() => api.send('DELETE', '/streams/x'));

  await run();

  expect(printed.at(-1)).toBe('Interrupted; the throw-away stream is deleted.');
  expect(printed.join('\n')).not.toContain('✖');
  expect(exists()).toBe(false);
});
