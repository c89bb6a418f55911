import fs from 'node:fs';
import path from 'node:path';
import { readAll } from './ledger';
import { contents, fileIn, folders, PersistedAws } from './support';

// The folder `format-1` was written by the last version that had no watermarks.

const folder = folders();
const FIXTURE = path.join(__dirname, 'format-1');
/** Within the retention of its records. */
const now = () => Date.UTC(2026, 11, 24);

function fixture(): string {
  const directory = folder();
  fs.cpSync(FIXTURE, directory, { recursive: true });
  return directory;
}

const start = (directory: string, notices: string[] = []) =>
  PersistedAws.start(directory, { now }, { notice: (line) => notices.push(line) });

test('a folder without watermarks opens with all it has, and has them from then on', async () => {
  const directory = fixture();

  for (const more of [[], ['more']]) {
    const kept = await start(directory);
    expect(await readAll(kept, 'payments')).toEqual(['paid', ...more]);
    expect((await readAll(kept, 'orders')).sort()).toEqual(['first', 'third', 'zweite – größer']);
    const { Tags } = await kept.kinesis('ListTagsForStream', { StreamName: 'orders' });
    expect(Tags).toEqual([{ Key: 'team', Value: 'a' }]);
    expect(await kept.send('s3', { method: 'GET', path: '/kept/template' })).toHaveLength(3_000);
    if (more.length === 0) {
      await kept.kinesis('PutRecord', {
        StreamName: 'payments',
        PartitionKey: 'more',
        Data: Buffer.from('more').toString('base64'),
      });
    }
    kept.kill();
  }

  expect(JSON.parse(fs.readFileSync(fileIn(directory, '.json'), 'utf8'))).toMatchObject({
    version: 2,
  });
  fs.rmSync(fileIn(directory, '.watermarks'));
  await expect(start(directory)).rejects.toThrow('state.watermarks is missing');
});

test('what was torn off in it is removed, and that is told', async () => {
  const directory = fixture();
  const notices: string[] = [];
  const size = fs.statSync(fileIn(directory, '.journal')).size;
  fs.appendFileSync(fileIn(directory, '.journal'), '0123abcd {"put":[');
  const records = fileIn(path.join(directory, 'records'), '.records');
  fs.appendFileSync(records, 'torn');

  const kept = await start(directory, notices);

  expect(notices).toEqual([
    expect.stringContaining('state.journal: removed 17 bytes'),
    expect.stringContaining('00000001.records: removed 4 bytes'),
  ]);
  expect(fs.statSync(fileIn(directory, '.journal')).size).toBe(size);
  expect(await readAll(kept, 'payments')).toEqual(['paid']);
  kept.kill();
});

describe('as far as its files tell, it is refused when it is not whole', () => {
  const rewrite = (name: string, change: (bytes: Buffer) => Buffer) => (directory: string) => {
    const file = path.join(directory, name);
    fs.writeFileSync(file, change(fs.readFileSync(file)));
  };

  test.each<[string, (directory: string) => void, RegExp]>([
    [
      'without a journal',
      (directory) => fs.rmSync(fileIn(directory, '.journal')),
      /state\.journal is missing/,
    ],
    [
      'with an empty journal',
      rewrite('state.journal', () => Buffer.alloc(0)),
      /state\.journal is missing/,
    ],
    [
      'with a journal that was cut at a line',
      rewrite('state.journal', (bytes) => bytes.subarray(0, bytes.indexOf(10) + 1)),
      /state\.journal is out of step: it does not tell of .*payments/,
    ],
    [
      'without the records of a stream',
      (directory) => fs.rmSync(fileIn(path.join(directory, 'records'), '.records')),
      /payments is missing/,
    ],
    [
      'without an object',
      (directory) => fs.rmSync(path.join(directory, 'bytes'), { recursive: true }),
      /bytes.* cannot be read/,
    ],
  ])('%s', async (_what, damage, message) => {
    const directory = fixture();
    damage(directory);
    const before = contents(directory);

    await expect(start(directory)).rejects.toThrow(message);

    expect(contents(directory)).toEqual(before);
  });
});
