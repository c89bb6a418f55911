import {
  bareEnvironment,
  type Running,
  startEmbeddedAws,
  startServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';
import { streamsOn } from './support/streams';

const service = serviceCopy();
let aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
let streams: ReturnType<typeof streamsOn>;
let numbers: string[];

beforeAll(async () => {
  aws = await startEmbeddedAws();
  streams = streamsOn(aws.endpoint);
  await streams.create('orders', 2);
  numbers = await streams.put('orders', [
    { data: '{"item":"lamp"}', key: 'ann' },
    { data: 'größe', key: 'bob' },
    { data: new Uint8Array([0, 255]), key: 'ann' },
  ]);
});

afterAll(async () => {
  streams.kinesis.destroy();
  await aws.stop();
  service.remove();
});

/** The command, and what it writes to standard output alone. */
function start(...options: string[]): Running & { stdout(): string } {
  const environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) };
  const running = startServerless(service.folder, ['records', ...options], environment);
  let stdout = '';
  running.child.stdout?.on('data', (text: string) => {
    stdout += text;
  });
  return { ...running, stdout: () => stdout };
}

test('in a pipe, standard output is lines of JSON and nothing else', async () => {
  const running = start('--stage', 'local', '--stream', 'orders');
  expect(await running.code).toBe(0);
  const lines = running.stdout().split('\n').slice(0, -1);
  const records = lines.map((line) => JSON.parse(line));
  expect(new Set(records.map((record) => record.SequenceNumber))).toEqual(new Set(numbers));
  expect(records).toContainEqual(
    expect.objectContaining({
      PartitionKey: 'bob',
      Text: 'größe',
      Data: Buffer.from('größe').toString('base64'),
      ShardId: expect.stringMatching(/^shardId-\d{12}$/),
    }),
  );
});

test('as a table, filtered by key', async () => {
  const running = start('--stream', 'orders', '--format', 'table', '--key', 'ann');
  expect(await running.code).toBe(0);
  expect(running.stdout()).toMatch(/^ARRIVED +SHARD +KEY +DATA\n/);
  expect(running.stdout()).toContain('{"item":"lamp"}');
  expect(running.stdout()).toContain('00 ff');
  expect(running.output()).toContain('2 records: no more records at the moment');
});

test('--follow waits for what arrives, until it is interrupted', async () => {
  const running = start('--stream', 'orders', '--from', '1h', '--follow');
  await running.printed('"bob"');
  await streams.put('orders', [{ data: 'later' }]);
  await running.printed('"later"');

  running.child.kill('SIGINT');

  expect(await running.code).toBe(130);
  expect(running.output()).not.toMatch(/Error|^ {4}at /m);
});

test('a reader that has seen enough is no error', async () => {
  const running = start('--stream', 'orders', '--follow');
  await running.printed('"bob"');
  running.child.stdout?.destroy();
  await streams.put('orders', [{ data: 'unseen' }, { data: 'unseen' }]);
  expect(await running.code).toBe(0);
  expect(running.output()).not.toMatch(/Error|EPIPE/);
});

test.each([
  ['no stream named', [], /This stage has:\n\n {2}orders/],
  ['a stream that is not there', ['--stream', 'nowhere'], /Stream nowhere .*not found/],
  [
    "a stream that is none of the stage's",
    ['--stream', 'orders', '--param', 'streams=dev-*'],
    /'orders' does not belong to this stage/,
  ],
  ['a place that is none', ['--stream', 'orders', '--from', 'noon'], /is not a starting position/],
])('%s: the error says what to do', async (_, options, message) => {
  const running = start(...options);
  expect(await running.code).toBe(1);
  expect(running.output()).toMatch(message);
  expect(running.output()).not.toMatch(/^ {4}at /m);
});
