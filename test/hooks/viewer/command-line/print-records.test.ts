import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { throwAwayName } from '../../../../hooks/stage/throw-away-name';
import { printRecords, type Request } from '../../../../hooks/viewer/command-line/print-records';
import { requestOf } from '../../../../hooks/viewer/command-line/request';
import { tableOf } from '../../../../hooks/viewer/command-line/table';
import { column } from '../../../../hooks/viewer/command-line/width';
import { HALF, record, type TestKinesis, testKinesis } from '../support';

const forever = new AbortController().signal;

describe('printing', () => {
  let kinesis: TestKinesis;
  beforeEach(async () => {
    kinesis = testKinesis();
    await kinesis.create('orders', 2);
    await kinesis.put('orders', 'an apple', 'red', '0');
    await kinesis.put('orders', 'an orange', 'orange', HALF);
    await kinesis.put('orders', 'a pear', 'green', '0');
  });

  async function print(changes: Partial<Request>, signal = forever) {
    const output = new PassThrough();
    const notes: string[] = [];
    const request: Request = {
      plan: { stream: 'orders', shard: 'all', position: { type: 'TRIM_HORIZON' } },
      filter: {},
      limit: Number.POSITIVE_INFINITY,
      follow: false,
      format: 'json',
      ...changes,
    };
    const done = printRecords(
      kinesis.context,
      request,
      output,
      (note) => notes.push(note),
      signal,
    ).finally(() => output.end());
    const printed = await text(output);
    return { ...(await done), notes, lines: printed.split('\n').slice(0, -1) };
  }

  test('lines of JSON, to the tip', async () => {
    const { lines, count, because } = await print({});
    const texts = lines.map((line) => JSON.parse(line).Text);
    expect(texts).toEqual(['an apple', 'an orange', 'a pear']);
    expect({ count, because }).toEqual({ count: 3, because: 'tip' });
  });

  test('as many as asked for, of those that pass the filter', async () => {
    const { lines, because } = await print({ filter: { text: 'A' }, limit: 2 });
    expect(lines).toHaveLength(2);
    expect(because).toBe('limit');
    expect((await print({ filter: { key: 'green' } })).lines).toHaveLength(1);
  });

  test('test records of verification are left out, unless they are asked for', async () => {
    const run = throwAwayName({ service: 'shop', stage: 'local' });
    await kinesis.put('orders', `{"verification-of":"${run}-0"}`, 'blue', '0');

    const { lines, leftOut } = await print({ limit: 4 });
    expect({ printed: lines.length, leftOut }).toEqual({ printed: 3, leftOut: 1 });
    const all = requestOf({ stream: 'orders', 'test-records': true }, false);
    expect((await print({ plan: all.plan })).lines).toHaveLength(4);
  });

  test('a table has its head once, and none without records', async () => {
    const { lines } = await print({ format: 'table' });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^ARRIVED +SHARD +KEY +DATA$/);
    expect((await print({ format: 'table', filter: { key: 'none' } })).lines).toEqual([]);
  });

  test('following goes on at the tip, over a split, until it is stopped', async () => {
    const stop = new AbortController();
    const sleep = kinesis.clock.sleep;
    let tips = 0;
    kinesis.clock.sleep = async (ms, signal) => {
      // Reads are paced by shorter sleeps than rests at the tip.
      if (ms > 500) tips += 1;
      if (ms > 500 && tips === 1) {
        await kinesis.split('orders', 'shardId-000000000000', (1n << 126n).toString());
        await kinesis.put('orders', 'a plum', 'blue', '0');
      }
      if (tips === 4) stop.abort();
      await sleep(ms, signal);
    };
    const output: string[] = [];
    const sink = new PassThrough().on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const notes: string[] = [];
    const following = printRecords(
      kinesis.context,
      {
        plan: { stream: 'orders', shard: 'all', position: { type: 'LATEST' } },
        filter: {},
        limit: Number.POSITIVE_INFINITY,
        follow: true,
        format: 'json',
      },
      sink,
      (note) => notes.push(note),
      stop.signal,
    );
    await expect(following).rejects.toThrow('aborted');
    expect(JSON.parse(output.join(''))).toMatchObject({ Text: 'a plum' });
    expect(notes).toEqual(['The stream was resharded; its new shards are read too.']);
  });
});

describe('options', () => {
  test('a terminal gets a table, a pipe gets JSON, and either what it is told', () => {
    expect(requestOf({ stream: 'orders' }, true).format).toBe('table');
    expect(requestOf({ stream: 'orders' }, false).format).toBe('json');
    expect(requestOf({ stream: 'orders', format: 'json' }, true).format).toBe('json');
  });

  test('a shard may be named by its number', () => {
    expect(requestOf({ stream: 'orders', shard: '12' }, true).plan.shard).toBe(
      'shardId-000000000012',
    );
  });

  test.each([
    [{ limit: '0' }, '--limit takes a number of records'],
    [{ limit: 'many' }, '--limit takes a number of records'],
    [{ format: 'xml' }, '--format takes table or json'],
    [{ from: 'noon' }, 'is not a starting position'],
  ])('%j is refused', (options, message) => {
    expect(() => requestOf({ stream: 'orders', ...options }, true)).toThrow(message);
  });
});

describe('the table', () => {
  test('is as wide as the terminal, whatever is in it', () => {
    const table = tableOf(90);
    const hostile = record({
      text: `\u001b[2J\n\u202e${'長い'.repeat(100)}`,
      partitionKey: '\u001b]0;x',
    });
    const row = table.row(hostile);
    expect(row).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(row).toMatch(/…$/);
    const wide = row.match(/[長い]/g)?.length ?? 0;
    expect([...row].length + wide).toBeLessThanOrEqual(90);
  });

  test.each([
    ['abc', 5, 'abc  '],
    ['abcdef', 5, 'abcd…'],
    ['abcde', 5, 'abcde'],
    ['長い名前', 5, '長い…'],
    ['e\u0301a', 3, 'e\u0301a '],
  ])('%s in %i columns', (given, columns, expected) => {
    expect(column(given, columns)).toBe(expected);
  });
});
