import { createHash } from 'node:crypto';
import type { EventRoute } from '../../../resources/events/routes';
import { isOfRun } from '../../stage/test-records';
import { askAll } from '../ask-all';
import { type CheckContext, CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { askEvent } from './ask';
import { expectEnvelope } from './envelope';
import { holds } from './holds';
import { keyOf, type Payload, type Sending } from './sending';
import type { FoundRecord } from './stream-reader';
import { type Tail, withTail } from './tail';

/** A request that was answered, and what the stream must hold of it. */
export interface Sent extends Sending {
  readonly answer: Exchange;
  /** Of the payloads in their batch, where they are not all of it. */
  readonly places?: readonly number[];
}

/** A payload that was sent, the key of its record, and the record that was found for it, if any. */
interface Wanted {
  readonly payload: Payload;
  readonly key: string;
  readonly sent: Sent;
  record?: FoundRecord;
}

/**
 * Sends events and reads them back from Kinesis itself: each is there once, byte for byte, under
 * its key, in the shard of its key.
 * @param send sends one of them; expects that all of it is taken unless told
 * @throws CheckFailure that shows what differs
 */
export async function expectStored(
  context: CheckContext,
  route: EventRoute,
  sendings: readonly Sending[],
  send = (sending: Sending): Promise<Sent> => sendWhole(context, route, sending),
): Promise<void> {
  const isMarked = ({ text, key }: Payload) =>
    key === undefined || isOfRun(text, context.stream) || isOfRun(key, context.stream);
  // An event without a mark looks the same as those that others, or earlier checks, have sent.
  const isFresh = !sendings.every(({ payloads }) => payloads.every(isMarked));
  await withTail(context, route.stream.streamName, isFresh, async (tail) => {
    await expectHeld(route, tail, await askAll(sendings, send));
  });
}

async function sendWhole(
  context: CheckContext,
  route: EventRoute,
  sending: Sending,
): Promise<Sent> {
  const status = route.stream.answer === 'empty' ? 204 : 200;
  const answer = await askEvent(context, route, { status: [status] }, sending.ask);
  return { ...sending, answer };
}

/** Looks for the records of all that was sent. */
async function expectHeld(route: EventRoute, tail: Tail, all: readonly Sent[]): Promise<void> {
  const wanted = all.flatMap((sent) =>
    sent.payloads.map((payload, index): Wanted => {
      const place = route.kind === 'batch' ? (sent.places?.[index] ?? index) : undefined;
      return { payload, key: keyOf(payload, sent.answer, place), sent };
    }),
  );
  const byKey = grouped(wanted, ({ key }) => key);
  const found = await tail.until((records) => {
    const held = grouped(records, ({ partitionKey }) => partitionKey);
    return [...byKey].every(([key, { length }]) => (held.get(key)?.length ?? 0) >= length);
  });
  const spare = assign(route, wanted, found);
  const lost = wanted.find(({ record }) => record === undefined);
  if (lost !== undefined) throw notHeld(route, lost, byKey.get(lost.key) ?? [], spare);
  for (const each of wanted) {
    expectNoMore(route, each, byKey.get(each.key) ?? [], spare.get(each.key) ?? []);
  }
  for (const { record, sent } of wanted) {
    if (record === undefined) continue;
    expectShard(tail, record, sent.answer);
    if (route.stream.envelope) expectEnvelope(route, record, sent.answer, sent.ask);
  }
}

/**
 * Gives each payload a record of its own: two may be the same, and then both must be there.
 * @returns the records that are left, by key
 */
function assign(
  route: EventRoute,
  wanted: readonly Wanted[],
  found: readonly FoundRecord[],
): ReadonlyMap<string, readonly FoundRecord[]> {
  const spare = grouped(found, ({ partitionKey }) => partitionKey);
  // Exact matches first: a looser one could take the record that an exact one needs.
  const exactFirst = wanted.toSorted((a, b) => +b.payload.isExact - +a.payload.isExact);
  for (const each of exactFirst) {
    const own = spare.get(each.key) ?? [];
    const index = own.findIndex((record) => holds(record, each.payload, route));
    if (index >= 0) [each.record] = own.splice(index, 1);
  }
  return spare;
}

/** @param others all that was sent under its key */
function expectNoMore(
  route: EventRoute,
  { payload, sent }: Wanted,
  others: readonly Wanted[],
  spare: readonly FoundRecord[],
): void {
  const more = spare.filter((record) => holds(record, payload, route)).length;
  if (more === 0) return;
  const copies = copiesOf(payload, others);
  // One whose answer was lost was sent again, and both may have been taken.
  const mayBe = copies.reduce((sum, { sent: { answer } }) => sum + answer.mayHaveActed, 0);
  const held = copies.length + more;
  if (held <= mayBe) return;
  throw new CheckFailure(
    `the stream holds ${held} records of ${JSON.stringify(payload.text)}, which was sent ${times(copies.length)}`,
    sent.answer,
  );
}

const copiesOf = ({ text }: Payload, wanted: readonly Wanted[]) =>
  wanted.filter(({ payload }) => payload.text === text);

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** @param others all that was sent under its key */
function notHeld(
  route: EventRoute,
  { payload, key, sent: { answer } }: Wanted,
  others: readonly Wanted[],
  spare: ReadonlyMap<string, readonly FoundRecord[]>,
): CheckFailure {
  const { streamName } = route.stream;
  const text = JSON.stringify(payload.text);
  const left = [...spare.values()].flat();
  const other = left.find((record) => holds(record, payload, route));
  const copies = copiesOf(payload, others);
  const found = copies.filter(({ record }) => record !== undefined).length;
  // Of several records, one under the right key says the most.
  const last = spare.get(key)?.at(-1) ?? left.at(-1);
  const held = last === undefined ? 'nothing new' : JSON.stringify(last.bytes.toString());
  const message =
    other !== undefined
      ? `the record has the partition key ${JSON.stringify(other.partitionKey)}, not ${JSON.stringify(key)}`
      : found > 0
        ? `${streamName} holds ${found} of ${text}, which was sent ${times(copies.length)}`
        : `${streamName} holds ${held} where ${text} was sent`;
  return new CheckFailure(message, answer, { fault: 'corrupts' });
}

function expectShard({ shards }: Tail, { partitionKey, shardId }: FoundRecord, answer: Exchange) {
  const hash = BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
  const belongs = [...shards]
    .filter(([, { from, to }]) => hash >= from && hash <= to)
    .map(([id]) => id);
  // More than one where a shard was split or merged meanwhile.
  if (belongs.includes(shardId)) return;
  throw new CheckFailure(
    `the key ${JSON.stringify(partitionKey)} belongs to ${belongs.at(-1)}, but its record went to ${shardId}`,
    answer,
  );
}

function grouped<Each>(
  all: readonly Each[],
  keyOfEach: (each: Each) => string,
): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const key = keyOfEach(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
