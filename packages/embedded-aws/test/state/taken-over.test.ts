import fs from 'node:fs';
import path from 'node:path';
import type { LockOptions } from '../../src/state/lock';
import { contents, folders, PersistedAws } from './support';

const folder = folders();

/** A process of another container, of which this one knows nothing; its lock lapses at once. */
function stranger(): LockOptions {
  let time = 0;
  return {
    processes: {
      self: () => ({ pid: 1, began: '1', space: 'boot/pid:[2]' }),
      fateOf: () => 'unknown',
    },
    clock: () => time,
    pause: async (milliseconds) => {
      time += milliseconds;
    },
  };
}

const record = { StreamName: 'orders', PartitionKey: 'k', Data: 'eA==' };

async function withStream(directory: string): Promise<void> {
  const aws = await PersistedAws.start(directory);
  await aws.kinesis('CreateStream', { StreamName: 'orders', ShardCount: 1 });
  await aws.kinesis('PutRecord', record);
  aws.kill();
}

test('a former holder that goes on within a write reaches no file of the new one', async () => {
  const directory = folder();
  await withStream(directory);
  fs.writeFileSync(path.join(directory, 'lock'), '{"pid":1,"began":"1","space":"boot/pid:[9]"}');
  // Files that are open while the process stands still.
  const open = Object.keys(contents(directory)).map((name) =>
    fs.openSync(path.join(directory, name), 'r+'),
  );

  const aws = await PersistedAws.start(directory, {}, { lock: stranger() });
  const kept = await aws.kinesis('PutRecord', record);
  for (const descriptor of open) {
    fs.writeSync(descriptor, 'late', 0);
    fs.ftruncateSync(descriptor, 4);
    fs.closeSync(descriptor);
  }
  aws.kill();

  const again = await PersistedAws.start(directory);
  const { ShardIterator } = await again.kinesis('GetShardIterator', {
    StreamName: 'orders',
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    StartingSequenceNumber: kept.SequenceNumber,
  });
  const { Records } = await again.kinesis('GetRecords', { ShardIterator });
  expect(Records).toHaveLength(1);
  again.kill();
});

test('the files of a holder that is known to have ended stay as they are', async () => {
  const directory = folder();
  await withStream(directory);
  const inodes = () =>
    Object.keys(contents(directory)).map((name) => fs.statSync(path.join(directory, name)).ino);
  const before = inodes();

  (await PersistedAws.start(directory)).kill();

  expect(inodes()).toEqual(before);
});

test.each(['PutRecord', 'TagResource'] as const)(
  'what was written when the folder is found to be taken is not acknowledged: %s',
  async (action) => {
    const directory = folder();
    await withStream(directory);
    let time = 0;
    const aws = await PersistedAws.start(directory, {}, { lock: { clock: () => time } });
    const { writeSync } = fs;
    // It stands still after its first write, for as long as another one needs to take the folder.
    const spy = jest.spyOn(fs, 'writeSync').mockImplementationOnce(((
      ...call: Parameters<typeof writeSync>
    ) => {
      const written = writeSync(...call);
      fs.writeFileSync(path.join(directory, 'lock'), '{"pid":2,"began":"1","space":"other"}');
      time += 6_000;
      return written;
    }) as typeof writeSync);
    const input = {
      PutRecord: record,
      TagResource: {
        ResourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders',
        Tags: { a: 'b' },
      },
    }[action];

    await expect(aws.kinesis(action, input)).rejects.toThrow(/500 .*was taken by another/);

    expect(spy).toHaveBeenCalled();
    aws.kill();
  },
);
