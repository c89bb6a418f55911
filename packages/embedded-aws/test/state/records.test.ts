import fs from 'node:fs';
import path from 'node:path';
import type { KinesisAnswer } from 'dev-kit/testing/kinesis-answers';
import { contents, fileIn, folders, PersistedAws } from './support';

const folder = folders();
const HOUR = 3_600_000;

const text = (data: string) => Buffer.from(data, 'base64').toString();

async function put(kept: PersistedAws, data: string, stream = 'orders'): Promise<string> {
  const { SequenceNumber } = await kept.kinesis('PutRecord', {
    StreamName: stream,
    PartitionKey: 'schlüssel',
    Data: Buffer.from(data).toString('base64'),
  });
  return SequenceNumber;
}

async function readAll(kept: PersistedAws, stream = 'orders'): Promise<string[]> {
  const { Shards } = await kept.kinesis('ListShards', { StreamName: stream });
  const data: string[] = [];
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kept.kinesis('GetShardIterator', {
      StreamName: stream,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    for (let iterator: string | undefined = ShardIterator; iterator !== undefined; ) {
      const answer: KinesisAnswer<'GetRecords'> = await kept.kinesis('GetRecords', {
        ShardIterator: iterator,
      });
      data.push(...answer.Records.map(({ Data }) => text(Data)));
      iterator = answer.Records.length === 0 ? undefined : answer.NextShardIterator;
    }
  }
  return data;
}

async function withRecords(...data: string[]): Promise<string> {
  const directory = folder();
  const kept = await PersistedAws.start(directory);
  await kept.kinesis('CreateStream', { StreamName: 'orders', ShardCount: 1 });
  for (const one of data) await put(kept, one);
  kept.kill();
  return directory;
}

describe('what a killed process leaves', () => {
  test('a record that was being written does not count, that is told, and others follow', async () => {
    const directory = await withRecords('first');
    const file = fileIn(directory, '.records');
    const acknowledged = fs.statSync(file).size;
    const kept = await PersistedAws.start(directory);
    await put(kept, 'never answered for');
    kept.kill();
    const torn = fs.readFileSync(file).subarray(acknowledged);

    for (let bytes = 1; bytes < torn.length; bytes += 9) {
      // As it is after a kill: the watermarks tell of what was answered for.
      const killed = await withRecords('first');
      const notices: string[] = [];
      fs.appendFileSync(fileIn(killed, '.records'), torn.subarray(0, bytes));
      const again = await PersistedAws.start(killed, {}, { notice: (line) => notices.push(line) });
      await put(again, 'second');
      again.kill();

      const read = await PersistedAws.start(killed);
      expect(notices).toEqual([
        expect.stringContaining(`00000001.records: removed ${bytes} bytes`),
      ]);
      expect(await readAll(read)).toEqual(['first', 'second']);
      read.kill();
    }
  });

  test('sequence numbers rise across processes, also when all records have expired', async () => {
    const directory = folder();
    let now = Date.UTC(2026, 0, 1);
    const start = () => PersistedAws.start(directory, { now: () => now });
    let kept = await start();
    await kept.kinesis('CreateStream', { StreamName: 'orders', ShardCount: 1 });
    const numbers = [await put(kept, 'old')];
    kept.kill();
    for (let day = 0; day < 3; day++) {
      now += 25 * HOUR;
      kept = await start();
      kept.state.trim();
      expect(await readAll(kept)).toEqual([]);
      numbers.push(await put(kept, `day ${day}`));
      kept.kill();
    }

    expect(numbers).toEqual([...new Set(numbers)].sort());
  });

  test('a shard that an update was to open has its records, whatever the clock says', async () => {
    const directory = folder();
    let now = Date.UTC(2026, 0, 1);
    const options = { now: () => now, updateMs: 1_000 };
    const kept = await PersistedAws.start(directory, options);
    await kept.kinesis('CreateStream', { StreamName: 'orders', ShardCount: 1 });
    await kept.kinesis('SplitShard', {
      StreamName: 'orders',
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: '1000',
    });
    now += 2_000;
    await put(kept, 'in a child');
    kept.kill();
    now -= 2_000;

    const again = await PersistedAws.start(directory, options);

    expect(await readAll(again)).toEqual(['in a child']);
    again.kill();
  });

  test('a stream that was being deleted is gone, with its files', async () => {
    const directory = folder();
    let now = Date.UTC(2026, 0, 1);
    const options = { now: () => now, deleteMs: 1_000 };
    const kept = await PersistedAws.start(directory, options);
    await kept.kinesis('CreateStream', { StreamName: 'orders', ShardCount: 1 });
    await put(kept, 'gone');
    await kept.kinesis('DeleteStream', { StreamName: 'orders' });
    kept.kill();
    now += 1_000;

    const again = await PersistedAws.start(directory, options);

    expect((await again.kinesis('ListStreams', {})).StreamNames).toEqual([]);
    expect(fs.readdirSync(path.join(directory, 'records'))).toEqual([]);
    again.kill();
  });
});

describe('damage is told with its file and place, and nothing is changed', () => {
  test.each([
    ['a length', 0],
    ['a checksum', 4],
    ['a key or data', 30],
  ])('in %s', async (_what, offset) => {
    const directory = await withRecords('first', 'second', 'third');
    const file = fileIn(directory, '.records');
    const bytes = fs.readFileSync(file);
    // The second record begins where the first one's data ends.
    const at = bytes.indexOf('first') + 'first'.length;
    bytes[at + offset] = (bytes[at + offset] ?? 0) ^ 0x40;
    fs.writeFileSync(file, bytes);
    const before = contents(directory);

    await expect(PersistedAws.start(directory)).rejects.toThrow(
      `${file} is damaged at byte ${at}: `,
    );
    expect(contents(directory)).toEqual(before);
  });

  test('in a file that is missing', async () => {
    const directory = await withRecords('first');
    const file = fileIn(directory, '.records');
    fs.rmSync(file);
    const before = contents(directory);

    await expect(PersistedAws.start(directory)).rejects.toThrow(`${file} is missing: `);
    expect(contents(directory)).toEqual(before);
  });
});

test('files fill up, and go when what is in them has expired', async () => {
  const directory = folder();
  let now = Date.UTC(2026, 0, 1);
  const kept = await PersistedAws.start(directory, { now: () => now });
  await kept.kinesis('CreateStream', { StreamName: 'orders', ShardCount: 2 });
  const data = Buffer.alloc(1_000_000).toString('base64');
  const files = () => Object.keys(contents(path.join(directory, 'records'))).length;
  for (let count = 0; count < 20; count++) {
    await kept.kinesis('PutRecord', { StreamName: 'orders', PartitionKey: `${count}`, Data: data });
  }
  expect(files()).toBe(3);

  now += 25 * HOUR;
  kept.state.trim();

  expect(files()).toBe(1);
  await put(kept, 'after');
  kept.kill();
  const again = await PersistedAws.start(directory, { now: () => now });
  expect(await readAll(again)).toEqual(['after']);
  again.kill();
});

/** Lets the system take half of what is written next, and then nothing. @returns makes room again */
function fillDisk(): () => void {
  const writeSync = fs.writeSync as (...call: unknown[]) => number;
  const full = jest.spyOn(fs, 'writeSync') as unknown as jest.SpyInstance<number, unknown[]>;
  full.mockImplementationOnce((file, bytes, offset, length, at) =>
    writeSync(file, bytes, offset, Math.floor(Number(length) / 2), at),
  );
  full.mockImplementationOnce(() => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
  return () => full.mockRestore();
}

test('a full disk fails the request, and what it held is neither read nor kept', async () => {
  const directory = await withRecords('before');
  const kept = await PersistedAws.start(directory);
  const makeRoom = fillDisk();

  await expect(put(kept, 'too much')).rejects.toThrow('no space left on device');
  makeRoom();
  await put(kept, 'after');

  expect(await readAll(kept)).toEqual(['before', 'after']);
  kept.kill();
  const again = await PersistedAws.start(directory);
  expect(await readAll(again)).toEqual(['before', 'after']);
  again.kill();
});

test('subscribers are not given what could not be written', async () => {
  const directory = await withRecords('before');
  const kept = await PersistedAws.start(directory);
  const { Consumer } = await kept.kinesis('RegisterStreamConsumer', {
    StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders',
    ConsumerName: 'c',
  });
  const pieces = await kept.stream('SubscribeToShard', {
    ConsumerARN: Consumer.ConsumerARN,
    ShardId: 'shardId-000000000000',
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  let seen = '';
  const readUntil = async (data: string) => {
    const wanted = Buffer.from(data).toString('base64');
    for (; !seen.includes(wanted); ) seen += (await pieces.next()).value?.toString();
  };
  await readUntil('before');
  const next = readUntil('after');
  const makeRoom = fillDisk();

  await expect(put(kept, 'too much')).rejects.toThrow('no space left on device');
  makeRoom();
  await put(kept, 'after');

  await next;
  expect(seen).not.toContain(Buffer.from('too much').toString('base64'));
  await pieces.return?.(undefined);
  kept.kill();
});
