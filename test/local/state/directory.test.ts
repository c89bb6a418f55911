import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { State } from '../../../local/state';
import { contents, fileIn, folders, KeptInProcess } from './support';

const folder = folders();

const failure = (act: () => unknown): Error & { code?: string; offset?: number; file?: string } => {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It did not fail.');
};

describe('a folder that cannot be used is refused and not touched', () => {
  test('one with something else in it', () => {
    const directory = folder();
    fs.mkdirSync(directory);
    fs.writeFileSync(path.join(directory, 'thesis.txt'), 'mine');

    const { code, message } = failure(() => State.open(directory));

    expect(code).toBe('STATE_FOREIGN');
    expect(message).toContain('it has thesis.txt in it. Nothing was written.');
    expect(fs.readdirSync(directory)).toEqual(['thesis.txt']);
  });

  test('a file', () => {
    const file = folder();
    fs.writeFileSync(file, 'mine');

    expect(failure(() => State.open(file))).toMatchObject({ code: 'STATE_FOREIGN' });
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  });

  test('one of a later version', () => {
    const directory = folder();
    State.open(directory).close();
    const marker = path.join(directory, 'embedded-aws.json');
    const later = { ...JSON.parse(fs.readFileSync(marker, 'utf8')), version: 2 };
    fs.writeFileSync(marker, JSON.stringify(later));
    const before = contents(directory);

    const { code, message } = failure(() => State.open(directory));

    expect(code).toBe('STATE_NEWER');
    expect(message).toContain('format 2; this one reads 1');
    expect(contents(directory)).toEqual(before);
  });

  test('one that a living process has', () => {
    const directory = folder();
    State.open(directory).close();
    // The process that started the tests lives as long as they do.
    fs.writeFileSync(path.join(directory, 'lock'), JSON.stringify({ pid: process.ppid }));

    const { code, message } = failure(() => State.open(directory));

    expect(code).toBe('STATE_LOCKED');
    expect(message).toContain(`process ${process.ppid}`);
  });
});

test.each([
  ['of a process that has ended', () => JSON.stringify({ pid: spawnSync('true').pid })],
  [
    'of a process whose number another one has now',
    () => JSON.stringify({ pid: process.ppid, began: 'a/1' }),
  ],
  ['that was never written', () => ''],
])('a lock %s does not hold', (_what, lock) => {
  const directory = folder();
  fs.mkdirSync(directory);
  fs.writeFileSync(path.join(directory, 'lock'), lock());

  const state = State.open(directory);

  expect(failure(() => State.open(directory))).toMatchObject({ code: 'STATE_LOCKED' });
  state.close();
});

describe('the journal', () => {
  async function written(): Promise<string> {
    const directory = folder();
    const kept = new KeptInProcess(directory);
    await kept.kinesis('CreateStream', { StreamName: 'first', ShardCount: 1 });
    kept.kill();
    return directory;
  }

  test('a last line that was cut off anywhere does not count', async () => {
    const directory = await written();
    const journal = fileIn(directory, '.journal');
    const whole = fs.readFileSync(journal);
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (const end of [lastLine + 1, lastLine + 12, whole.length - 1]) {
      fs.writeFileSync(journal, whole.subarray(0, end));

      const kept = new KeptInProcess(directory);
      await kept.kinesis('CreateStream', { StreamName: 'second', ShardCount: 1 });
      kept.kill();

      const again = new KeptInProcess(directory);
      expect((await again.kinesis('ListStreams', {})).StreamNames).toContain('second');
      again.kill();
    }
  });

  test('a byte that is another is told with its file and place, and nothing is changed', async () => {
    const directory = await written();
    const journal = fileIn(directory, '.journal');
    const bytes = fs.readFileSync(journal);
    const secondLine = bytes.indexOf(10) + 1;
    bytes[secondLine + 40] = (bytes[secondLine + 40] ?? 0) ^ 1;
    fs.writeFileSync(journal, bytes);
    const before = contents(directory);

    const error = failure(() => new KeptInProcess(directory));

    expect(error).toMatchObject({ code: 'STATE_DAMAGED', file: journal, offset: secondLine });
    expect(contents(directory)).toEqual(before);
  });
});
