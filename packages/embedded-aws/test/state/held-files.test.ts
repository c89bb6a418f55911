import fs from 'node:fs';
import path from 'node:path';
import { folders, PersistedAws } from './support';

// On Windows a virus scanner, an indexer or a backup holds files, which can then be neither deleted
// nor replaced.

const folder = folders();
afterEach(() => jest.restoreAllMocks());

const StreamName = 'orders';
const foldersIn = (directory: string) => fs.readdirSync(path.join(directory, 'records'));

/** Refuses to delete the folders of streams, so many times. */
function hold(times: number): void {
  const { rmSync } = fs;
  let left = times;
  jest.spyOn(fs, 'rmSync').mockImplementation((name, options) => {
    if (path.basename(path.dirname(String(name))) === 'records' && left-- > 0) {
      throw Object.assign(new Error('EBUSY: resource busy or locked'), { code: 'EBUSY' });
    }
    rmSync(name, options);
  });
}

async function withDeletedStream(directory: string, times: number): Promise<PersistedAws> {
  const aws = await PersistedAws.start(directory);
  await aws.kinesis('CreateStream', { StreamName, ShardCount: 1 });
  await aws.kinesis('PutRecord', { StreamName, PartitionKey: 'k', Data: 'eA==' });
  hold(times);
  await aws.kinesis('DeleteStream', { StreamName });
  for (;;) {
    const { StreamNames } = await aws.kinesis('ListStreams', {});
    if (StreamNames.length === 0) return aws;
    await new Promise(setImmediate);
  }
}

test('files of a deleted stream that are held for a moment are gone', async () => {
  const directory = folder();

  const aws = await withDeletedStream(directory, 2);

  expect(foldersIn(directory)).toEqual([]);
  aws.kill();
});

test('those that are held for longer go at a later start, and nothing fails meanwhile', async () => {
  const directory = folder();
  const aws = await withDeletedStream(directory, Number.POSITIVE_INFINITY);
  await aws.kinesis('CreateStream', { StreamName: 'another', ShardCount: 1 });
  aws.state.close();
  expect(foldersIn(directory)).toHaveLength(2);

  const held = await PersistedAws.start(directory);
  expect(foldersIn(directory)).toHaveLength(2);
  held.state.close();
  jest.restoreAllMocks();
  const free = await PersistedAws.start(directory);

  expect(foldersIn(directory)).toEqual([expect.stringMatching(/-another$/)]);
  expect(await free.kinesis('ListStreams', {})).toMatchObject({ StreamNames: ['another'] });
  free.kill();
});

test.each(['nul', 'COM1', 'orders.', 'Orders', '...', 'a'.repeat(128)])(
  'the folder of a stream has a name that Windows can hold: %s',
  async (name) => {
    const directory = folder();
    const aws = await PersistedAws.start(directory);
    await aws.kinesis('CreateStream', { StreamName: name, ShardCount: 1 });
    const put = { StreamName: name, PartitionKey: 'k', Data: 'eA==' };
    const { SequenceNumber } = await aws.kinesis('PutRecord', put);
    aws.kill();

    expect(foldersIn(directory)).toEqual([expect.stringMatching(/^[0-9a-f]{12}-[\w.-]{0,128}$/)]);
    expect(foldersIn(directory)).not.toEqual([expect.stringMatching(/\.$/)]);

    const again = await PersistedAws.start(directory);
    const after = await again.kinesis('PutRecord', put);
    expect(BigInt(after.SequenceNumber) > BigInt(SequenceNumber)).toBe(true);
    again.kill();
  },
);
