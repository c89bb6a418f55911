import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EventRoute } from '../../../resources/events/routes';
import { USER_AGENT } from '../../stage/test-records';
import { type CheckContext, CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { askEvent, type EventAsk } from './ask';
import { headersOf, isFree } from './headers';
import { isObject } from './schema';
import { keyOf, type Payload, type Sending } from './sending';
import { type FoundRecord, openTail, type Tail } from './tail';

/**
 * Sends events and reads them back from Kinesis itself: each is there once, byte for byte, under
 * its key, in the shard of its key.
 * @throws CheckFailure that shows what differs
 */
export async function expectStored(
  context: CheckContext,
  route: EventRoute,
  sendings: readonly Sending[],
): Promise<void> {
  const tail = await openTail(context, route.stream.streamName);
  for (const sending of sendings) {
    const status = route.stream.answer === 'empty' ? 204 : 200;
    const answer = await askEvent(context, route, { status: [status] }, sending.ask);
    await expectHeld(route, tail, answer, sending);
  }
}

/**
 * Looks for the records of an answer.
 * @param places of the payloads in their batch, where they are not all of it
 */
export async function expectHeld(
  route: EventRoute,
  tail: Tail,
  answer: Exchange,
  { ask, payloads }: Sending,
  places: readonly number[] = [...payloads.keys()],
): Promise<void> {
  const isBatch = route.kind === 'batch';
  const wanted = payloads.map((payload, index) => {
    return { payload, key: keyOf(payload, answer, isBatch ? places[index] : undefined) };
  });
  const keys = new Set(wanted.map(({ key }) => key));
  const found = await tail.until(wanted.length, ({ partitionKey }) => keys.has(partitionKey));
  for (const { payload, key } of wanted) {
    const own = found.filter(
      (record) =>
        record.partitionKey === key &&
        !tail.seen.has(record.sequenceNumber) &&
        holds(record, payload, route),
    );
    const [record] = own;
    if (record === undefined) throw notHeld(route, payload, key, found, answer);
    const copies = wanted.filter((each) => each.key === key && each.payload.text === payload.text);
    if (own.length > copies.length * answer.mayHaveActed) {
      throw new CheckFailure(
        `the stream holds ${own.length} records of ${JSON.stringify(payload.text)}, which was sent once`,
        answer,
      );
    }
    if (copies.length === 1) for (const { sequenceNumber } of own) tail.seen.add(sequenceNumber);
    expectShard(tail, record, answer);
    if (route.stream.envelope) expectEnvelope(route, record, answer, ask);
  }
}

function notHeld(
  route: EventRoute,
  payload: Payload,
  key: string,
  found: readonly FoundRecord[],
  answer: Exchange,
): CheckFailure {
  const other = found.find((record) => holds(record, payload, route));
  const last = found.at(-1);
  const held = last === undefined ? 'nothing new' : JSON.stringify(last.bytes.toString());
  const message =
    other === undefined
      ? `${route.stream.streamName} holds ${held} where ${JSON.stringify(payload.text)} was sent`
      : `the record has the partition key ${JSON.stringify(other.partitionKey)}, not ${JSON.stringify(key)}`;
  return new CheckFailure(message, answer, { fault: 'corrupts' });
}

/** True if a record has the bytes, or of what need not be exact the JSON value, of a payload. */
function holds(
  { bytes }: FoundRecord,
  { text, isExact }: Payload,
  { stream }: EventRoute,
): boolean {
  const whole = bytes.toString();
  const line = stream.delimiter === 'newline' && whole.endsWith('\n') ? whole.slice(0, -1) : whole;
  const isEnded = stream.delimiter === undefined || whole.endsWith('\n');
  if (stream.envelope) {
    const { body } = parsed(line) ?? {};
    return isEnded && typeof body === 'string' && isSame(body, text, isExact);
  }
  // A text that ends with a newline gets no second one.
  const expected = stream.delimiter === undefined || text.endsWith('\n') ? text : `${text}\n`;
  return isEnded && isSame(whole, expected, isExact);
}

const isSame = (held: string, sent: string, isExact: boolean) =>
  held === sent || (!isExact && isDeepStrictEqual(jsonValue(held), jsonValue(sent)));

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return Symbol(text);
  }
}

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  const value = jsonValue(text);
  return isObject(value) ? value : undefined;
};

function expectShard({ shards }: Tail, { partitionKey, shardId }: FoundRecord, answer: Exchange) {
  const hash = BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
  const [belongs] = [...shards].find(([, { from, to }]) => hash >= from && hash <= to) ?? [];
  if (belongs === shardId) return;
  throw new CheckFailure(
    `the key ${JSON.stringify(partitionKey)} belongs to ${belongs}, but its record went to ${shardId}`,
    answer,
  );
}

/** The members of an envelope besides the body. */
function expectEnvelope(
  route: EventRoute,
  { bytes }: FoundRecord,
  answer: Exchange,
  ask: EventAsk,
): void {
  const whole = parsed(bytes.toString()) ?? {};
  const envelope: typeof whole = { ...whole, headers: freeHeaders(whole.headers) };
  const { id, receivedAt, sourceIp } = envelope;
  const received = Number(receivedAt);
  const problems = [
    ...(typeof id === 'string' && id !== '' ? [] : ['id']),
    ...(Math.abs(Date.now() - received) < MOST_APART_MS ? [] : ['receivedAt']),
    ...(typeof sourceIp === 'string' && sourceIp !== '' ? [] : ['sourceIp']),
    ...Object.entries(envelopeOf(route, ask))
      .filter(([name, value]) => !isDeepStrictEqual(envelope[name], value))
      .map(([name]) => name),
  ];
  const [first] = problems;
  if (first === undefined) return;
  const held = JSON.stringify(envelope[first]) ?? 'missing';
  throw new CheckFailure(`the envelope's ${first} is ${held}`, answer, { fault: 'corrupts' });
}

/** Clocks may differ, but not by more than a stream's shortest retention. */
const MOST_APART_MS = 86_400_000;

/** Headers whose values are the sender's alone. */
const freeHeaders = (headers: unknown): unknown =>
  isObject(headers)
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => isFree(name)))
    : headers;

/** The members of an envelope that the request decides. */
function envelopeOf({ method, stream }: EventRoute, ask: EventAsk) {
  const sent = headersOf(ask.headers);
  const kept = stream.keepHeaders.filter(isFree).flatMap((name) => {
    const value = sent[name.toLowerCase()];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    method,
    userAgent: sent['user-agent'] ?? USER_AGENT,
    query: { ...ask.query },
    headers: Object.fromEntries(kept),
    ...(ask.contentType !== undefined && { contentType: ask.contentType }),
  };
}
