import { type Line, linesOf } from '../../../../hooks/viewer/replay/lines';
import { survey } from '../../../../hooks/viewer/replay/survey';

async function* chunks(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

async function linesIn(text: string, size: number, from?: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(chunks(text, size), from)) lines.push(line);
  return lines;
}

const never = new AbortController().signal;
const TEXT = 'größe\r\n\n  \nb\u2028c\nlast';

test.each([1, 2, 5, 1_000])('lines are numbered, whatever the chunks: %i bytes', async (size) => {
  expect(await linesIn(TEXT, size)).toEqual([
    { number: 1, text: 'größe' },
    { number: 4, text: 'b\u2028c' },
    { number: 5, text: 'last' },
  ]);
  expect(await linesIn(TEXT, size, 4)).toEqual([
    { number: 4, text: 'b\u2028c' },
    { number: 5, text: 'last' },
  ]);
  expect(await linesIn(`${TEXT}\n`, size, 6)).toEqual([]);
});

test('what is no export at all does not fill the memory', async () => {
  async function* endless() {
    for (;;) yield Buffer.alloc(16 * 1024 * 1024);
  }
  await expect(linesOf(endless()).next()).rejects.toThrow('Line 1 is longer than any');
});

test('a file that Windows PowerShell has written is named for what it is', async () => {
  async function* utf16() {
    yield Buffer.from('\uFEFF{"PartitionKey": "k"}\r\n', 'utf16le');
  }
  await expect(linesOf(utf16()).next()).rejects.toThrow('The file is UTF-16');
});

const GOOD = '{"PartitionKey": "k", "Data": ""}';

test('a file is looked through before anything is sent', async () => {
  expect(await survey('f', chunks(`${GOOD}\n\n${GOOD}`, 9), 1, never)).toEqual({
    lines: 3,
    records: 2,
  });
  expect(await survey('f', chunks(`wrong\n${GOOD}\n`, 9), 2, never)).toEqual({
    lines: 2,
    records: 1,
  });
});

test('its wrong lines are named, and only so many of them', async () => {
  const one = survey('f', chunks(`${GOOD}\n{"Pa`, 9), 1, never);
  await expect(one).rejects.toThrow(
    /^Nothing of f was sent: line 2 is not JSON\. Correct or delete the line, /,
  );
  const many = survey('f', chunks('x\n'.repeat(1_000), 9), 1, never);
  await expect(many).rejects.toThrow(
    /line 5 is not JSON; and 995 more\. Correct or delete the lines/,
  );
});

test('a large file is looked through no longer than it is wanted', async () => {
  const stopped = AbortSignal.abort(new Error('interrupted'));
  await expect(survey('f', chunks(GOOD, 9), 1, stopped)).rejects.toThrow('interrupted');
});
