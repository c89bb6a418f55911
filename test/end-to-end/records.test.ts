import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inOrder } from 'dev-kit/testing/in-order';
import {
  bareEnvironment,
  type Running,
  startEmbeddedAws,
  startServerless,
  warmServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';
import { streamsOn } from './support/streams';

const test = inOrder();

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

const environment = () => ({ ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) });

/** The command in a process of its own, and what it writes to standard output alone. */
function start(...options: string[]): Running & { stdout(): string } {
  const running = startServerless(service.folder, ['records', ...options], environment());
  let stdout = '';
  running.child.stdout?.on('data', (text: string) => {
    stdout += text;
  });
  return { ...running, stdout: () => stdout };
}

/** Runs the command to its end. */
const run = (...options: string[]) =>
  warmServerless(service.folder, ['records', ...options], environment());

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
  const { code, output } = await run('--stream', 'orders', '--format', 'table', '--key', 'ann');
  expect(code).toBe(0);
  expect(output).toMatch(/^ARRIVED +SHARD +KEY +DATA\n/m);
  expect(output).toContain('{"item":"lamp"}');
  expect(output).toContain('00 ff');
  expect(output).toContain('2 records: no more records at the moment');
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

describe('--replay', () => {
  const line = (data: string, key: string, second: number) =>
    JSON.stringify({
      PartitionKey: key,
      Data: Buffer.from(data).toString('base64'),
      ApproximateArrivalTimestamp: new Date(second * 1_000).toISOString(),
    });
  const file = (...lines: readonly string[]) => {
    const name = path.join(service.folder, 'replayed.jsonl');
    writeFileSync(name, lines.join('\n'));
    return name;
  };

  test('sends a file again, as fast as it is told', async () => {
    await streams.create('again', 1);
    const name = file(line('{"item":"lamp"}', 'ann', 1), line('größe', 'ann', 3_601));
    const sent = await run('--stream', 'again', '--replay', name, '--speed', 'max');
    expect(sent.code).toBe(0);
    expect(sent.output).toContain('2 records sent to again.');
    const there = await run('--stream', 'again', '--format', 'table');
    expect(there.code).toBe(0);
    expect(there.output).toMatch(/ann +\{"item":"lamp"\}\n.*ann +größe\n/);
  });

  test('interrupted, it says from which line to go on', async () => {
    const name = file(line('now', 'k', 1), line('in an hour', 'k', 3_601));
    await streams.create('paced', 1);
    const following = start('--stream', 'paced', '--follow');
    const running = start('--stream', 'paced', '--replay', name);
    await following.printed('"now"');
    running.child.kill('SIGINT');
    following.child.kill('SIGINT');
    expect(await running.code).toBe(130);
    expect(await following.code).toBe(130);
    expect(running.output()).toContain('Interrupted. 1 record sent to paced. Go on with --from 2.');
    expect(running.output()).not.toMatch(/Error|^ {4}at /m);
  });

  test('a pipe is read line by line, up to a wrong one', async () => {
    await streams.create('piped', 1);
    const running = start('--stream', 'piped', '--replay', '-', '--speed', 'max');
    running.child.stdin?.write(`${line('a', 'k', 1)}\nwrong\n${line('b', 'k', 1)}\n`);
    expect(await running.code).toBe(1);
    expect(running.output()).toContain(
      'Line 2 is not JSON: correct it first. 1 record sent to piped. Go on with --from 2.',
    );
  });
});

test.each([
  [
    'a protected stage that is written to',
    ['--stream', 'orders', '--param', 'protected=true', '--replay', '-'],
    /Stage local is protected: .*Pass --allow-protected/,
  ],
  ['no stream named', [], /This stage has:\n\n( {2}\w+\n)* {2}orders\n/],
  ['a stream that is not there', ['--stream', 'nowhere'], /Stream nowhere .*not found/],
  [
    "a stream that is none of the stage's",
    ['--stream', 'orders', '--param', 'streams=dev-*'],
    /'orders' does not belong to this stage/,
  ],
  ['a place that is none', ['--stream', 'orders', '--from', 'noon'], /is not a starting position/],
])('%s: the error says what to do', async (_, options, message) => {
  const { code, output } = await run(...options);
  expect(code).toBe(1);
  expect(output).toMatch(message);
  expect(output).not.toMatch(/^ {4}at /m);
});
