import { type Ask, ask, jsonObject, listOf } from '../ask';
import {
  type Check,
  type CheckContext,
  CheckFailure,
  type Fault,
  type WrittenRecord,
} from '../check';
import { Digits } from '../doors/json-text';
import type { Exchange } from '../exchange';
import { accepted, compareRecords, LONGEST_KEY } from '../records';
import { ofEndpoint } from './define';
import { heldByKinesis } from './held';

type Writer = 'PutRecord' | 'PutRecords';

/** A kind of record that a door may get wrong. */
interface Kind {
  readonly what: string;
  readonly data?: unknown;
  readonly key?: string;
  readonly fault?: Fault;
}

/**
 * Kinds of records. Each is written and read back by a check of its own, which has its name: of
 * somebody else's door, everything that is wrong is of interest, not only the first fault.
 */
const KINDS = {
  Text: { what: 'text' },
  Quotes: { what: 'text with quotes and backslashes', data: 'say "hi", it\'s C:\\new' },
  Lines: { what: 'text with line breaks and tabs', data: 'one\ntwo\r\n\tthree' },
  Unicode: { what: 'text beyond ASCII', data: 'é 漢 🎉 e\u0301' },
  Blanks: { what: 'text with blanks at its ends', data: ' x ' },
  Empty: { what: 'empty text', data: '' },
  TemplateText: { what: 'text that looks like a template', data: '$input.body #set($x = 1) ${x}' },
  Object: { what: 'an object', data: { user: { name: 'Maya', tags: ['a', 1, null] } } },
  List: { what: 'a list', data: ['a', 2, { b: true }] },
  Url: { what: 'an object with a URL', data: { url: 'https://a.example/b' } },
  Number: { what: 'a number', data: -1.5 },
  BigInteger: { what: 'an integer of 20 digits', data: new Digits('12345678901234567890') },
  BigMember: {
    what: 'an integer of 20 digits in an object',
    data: { id: new Digits('12345678901234567890') },
  },
  False: { what: 'false', data: false },
  Null: { what: 'null', data: null },
  KeyQuotes: { what: 'a partition key with quotes', key: 'key "1"' },
  KeyBackslash: { what: 'a partition key with a backslash', key: 'C:\\new' },
  KeyUnicode: { what: 'a partition key beyond ASCII', key: 'ключ/漢 🎉' },
  KeyLong: { what: 'a partition key of 256 characters', key: LONGEST_KEY },
  KeyBreakout: {
    what: 'a partition key that would add a member to the request',
    key: 'x","ExplicitHashKey":"0',
    fault: 'opens',
  },
} as const satisfies Record<string, Kind>;

const DATA = 'Hello, Kinesis!';
const KEY = 'plain';

/** A record's bytes as they must be stored, and what the API says of it. */
export async function write(context: CheckContext, id: Writer, data: unknown, key?: string) {
  const answer = await ask(context, id, 200, askFor(id, data, key));
  const result = id === 'PutRecord' ? jsonObject(answer) : listOf(answer, 'Records')[0];
  const stored = context.door.stored(id, data);
  const record = { ...accepted(answer, result), ...stored, partitionKey: key ?? '' };
  return { answer, record };
}

function askFor(id: Writer, data: unknown, key: string | undefined): Ask {
  if (id === 'PutRecord') {
    return { body: { Data: data, ...(key !== undefined && { PartitionKey: key }) } };
  }
  const record = { data, ...(key !== undefined && { 'partition-key': key }) };
  return { body: { records: [record] } };
}

/** A key, where the door lets its clients choose. */
export const plainKey = ({ door }: CheckContext, id: Writer): string | undefined =>
  door.takes(id, 'PartitionKey') ? KEY : undefined;

/** The checks of all kinds through one endpoint. */
export function kindChecks(id: Writer): Readonly<Record<string, Check>> {
  const entries = Object.entries(KINDS).map(([name, kind]: [string, Kind]) => [
    `${id}${name}`,
    ofEndpoint(id, {
      title: `stores ${kind.what}`,
      requires: ['stream'],
      async run(context) {
        await expectStored(context, id, kind);
        return {};
      },
    }),
  ]);
  return Object.fromEntries(entries);
}

/** True for the same JSON but for slashes, which may be escaped in it. */
function isSameJson(held: Buffer, { bytes, isJson }: Pick<WrittenRecord, 'bytes' | 'isJson'>) {
  return (
    isJson && !held.equals(bytes) && held.toString().replaceAll('\\/', '/') === bytes.toString()
  );
}

async function expectStored(
  context: CheckContext,
  id: Writer,
  { data = DATA, key, fault = 'corrupts' }: Kind,
): Promise<void> {
  const chosen = key ?? plainKey(context, id);
  let answer: Exchange | undefined;
  try {
    const written = await write(context, id, data, chosen);
    answer = written.answer;
    const { record } = written;
    const held = await heldByKinesis(context, [record]);
    const own = held.find(({ sequenceNumber }) => sequenceNumber === record.sequenceNumber);
    // A check of data does not judge the key, and the other way round.
    const expected =
      key === undefined
        ? { ...record, partitionKey: own?.partitionKey ?? '' }
        : { ...record, bytes: own?.bytes ?? record.bytes };
    if (own !== undefined && isSameJson(own.bytes, expected)) {
      context.note('slashes are stored as \\/, which is the same JSON, but not the same bytes');
      return;
    }
    compareRecords([{ ...expected, sends: Number.POSITIVE_INFINITY }], held, context);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const shown = error.exchange ?? answer;
    const message = answer === undefined ? `it is not stored: ${error.message}` : error.message;
    throw new CheckFailure(message, shown, { cause: error, fault });
  }
}
