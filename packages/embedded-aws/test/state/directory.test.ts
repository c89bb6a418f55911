import fs from 'node:fs';
import path from 'node:path';
import { State } from '../../src/state';
import { contents, fileIn, folders, PersistedAws } from './support';

const folder = folders();

/** A folder with a stream in it. */
async function written(): Promise<string> {
  const directory = folder();
  const kept = await PersistedAws.start(directory);
  await kept.kinesis('CreateStream', { StreamName: 'first', ShardCount: 1 });
  kept.kill();
  return directory;
}

describe('a folder that cannot be used is refused and not touched', () => {
  test('one with something else in it', async () => {
    const directory = folder();
    fs.mkdirSync(directory);
    fs.writeFileSync(path.join(directory, 'thesis.txt'), 'mine');

    await expect(State.open(directory)).rejects.toMatchObject({
      code: 'STATE_FOREIGN',
      message: expect.stringContaining('it has thesis.txt in it. Nothing was written.'),
    });
    expect(fs.readdirSync(directory)).toEqual(['thesis.txt']);
  });

  test('a file', async () => {
    const file = folder();
    fs.writeFileSync(file, 'mine');

    await expect(State.open(file)).rejects.toMatchObject({ code: 'STATE_FOREIGN' });
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  });

  test('one of a later version', async () => {
    const directory = await written();
    const marker = path.join(directory, 'embedded-aws.json');
    const later = { ...JSON.parse(fs.readFileSync(marker, 'utf8')), version: 3 };
    fs.writeFileSync(marker, JSON.stringify(later));
    const before = contents(directory);

    await expect(State.open(directory)).rejects.toMatchObject({
      code: 'STATE_NEWER',
      message: expect.stringContaining('format 3; this one reads 2'),
    });
    expect(contents(directory)).toEqual(before);
  });
});

describe('the journal', () => {
  test('a last line that was cut off anywhere does not count, and that is told', async () => {
    const directory = await written();
    const journal = fileIn(directory, '.journal');
    const acknowledged = fs.readFileSync(journal);
    // As a process leaves it that is killed while it writes.
    for (const torn of ['0', '0123abcd {"at":12,"put":[["k', `${'x'.repeat(9_000)}`]) {
      fs.appendFileSync(journal, torn);
      const notices: string[] = [];

      const kept = await PersistedAws.start(
        directory,
        {},
        { notice: (line) => notices.push(line) },
      );

      expect(notices).toEqual([
        `${journal}: removed ${torn.length} bytes at its end, an incomplete write that was never acknowledged.`,
      ]);
      expect(fs.readFileSync(journal)).toEqual(acknowledged);
      expect((await kept.kinesis('ListStreams', {})).StreamNames).toEqual(['first']);
      kept.kill();
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

    await expect(PersistedAws.start(directory)).rejects.toMatchObject({
      code: 'STATE_DAMAGED',
      file: journal,
      offset: secondLine,
    });
    expect(contents(directory)).toEqual(before);
  });
});
