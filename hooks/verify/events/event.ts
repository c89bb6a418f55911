import { parsedKey } from '../../../resources/events/key-source';
import type { BodyKind } from '../../../resources/events/senders';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { MARK, markedKey } from '../../stage/test-records';
import { isFree } from './headers';
import { allowsMore, allowsText, isObject, resolved, type Schema, schemaAt } from './schema';

/** True if an event without its key must be refused, and can be sent. */
export function needsKey(stream: DeclaredStream): boolean {
  const source = parsedKey(stream);
  if (source.from === 'header' && !isFree(source.name)) return false;
  return source.from !== 'request-id' && source.from !== 'fixed' && stream.key.orElse === undefined;
}

/** True for CloudEvents in their structured form, whose `data` is the event. */
const isCloudEvent = (kind: BodyKind) => (kind as string).startsWith('cloudevents');

/** The schema that an event of the stream must match. */
const schemaOf = ({ contract }: DeclaredStream): Schema => (contract?.schema ?? {}) as Schema;

/**
 * A valid event of a stream as test records are: its sample, or any object, with the mark as a member
 * of its own, or else as a text that may be any, where the schema has room for either.
 * @param mark the name of the run, with a number for this event
 * @param key that it must have, if it is a member
 */
export function eventOf(
  stream: DeclaredStream,
  kind: BodyKind,
  mark: string,
  key?: unknown,
): Readonly<Record<string, unknown>> {
  const { contract } = stream;
  const sample: unknown = contract === undefined ? {} : JSON.parse(contract.sample);
  const members = isObject(sample) ? sample : {};
  const schema = schemaOf(stream);
  const data = allowsMore(resolved(schema, schema))
    ? { ...members, [MARK]: mark }
    : (withText(stream, members, mark) ?? members);
  const event = isCloudEvent(kind) ? cloudEvent(data, mark) : data;
  const source = parsedKey(stream);
  if (source.from !== 'member') return event;
  const short = markedKey(mark);
  const own = key ?? (takesKey(stream, kind, short) ? short : undefined);
  return own === undefined ? event : withMember(event, source.path, own);
}

const cloudEvent = (data: unknown, mark: string) => ({
  specversion: '1.0',
  id: mark,
  source: '/verification',
  type: 'verification',
  datacontenttype: 'application/json',
  data,
});

/** True if events may have any text of this length as their key. */
export function takesKey(stream: DeclaredStream, kind: BodyKind, key: string): boolean {
  const source = parsedKey(stream);
  if (source.from !== 'member') return source.from === 'query' || source.from === 'header';
  const { path } = source;
  const isOfData = !isCloudEvent(kind) || path[0] === 'data';
  const inData = isCloudEvent(kind) ? path.slice(1) : path;
  return !isOfData || allowsText(schemaAt(schemaOf(stream), inData), key.length);
}

/** An event with another value at a path. */
export function withMember(
  event: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (rest.length === 0) {
    if (value !== undefined) return { ...event, [name]: value };
    return Object.fromEntries(Object.entries(event).filter(([each]) => each !== name));
  }
  const inner = event[name];
  return { ...event, [name]: withMember(isObject(inner) ? inner : {}, rest, value) };
}

/** The value at a path of an event. */
export const memberOf = (event: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), event);

/** The largest record of a stream, in bytes. */
export const mostBytes = ({ maxRecordSizeKiB = 1_024 }: DeclaredStream): number =>
  maxRecordSizeKiB * 1_024;

/**
 * An event with so much text in it, valid as before: where its schema allows more members, or in a
 * string that may be as long as one likes.
 * @returns undefined where the schema has no place for it
 */
export function enlarged(
  stream: DeclaredStream,
  kind: BodyKind,
  event: Readonly<Record<string, unknown>>,
  bytes: number,
): Readonly<Record<string, unknown>> | undefined {
  const ballast = 'x'.repeat(bytes);
  if (!isCloudEvent(kind)) return withText(stream, event, ballast);
  const { data } = event;
  const large = withText(stream, isObject(data) ? data : {}, ballast);
  return large && { ...event, data: large };
}

function withText(
  stream: DeclaredStream,
  event: Readonly<Record<string, unknown>>,
  text: string,
): Readonly<Record<string, unknown>> | undefined {
  const schema = schemaOf(stream);
  if (allowsMore(resolved(schema, schema))) return { ...event, ballast: text };
  const source = parsedKey(stream);
  const isKey = (path: string) => source.from === 'member' && source.path.join('.').endsWith(path);
  const large = lengthened(schema, schema, event, text, isKey);
  return isObject(large) ? large : undefined;
}

/** A value with a text in its first string that may be so long; undefined where it has none. */
function lengthened(
  given: unknown,
  root: Schema,
  value: unknown,
  text: string,
  isKey: (name: string) => boolean,
): unknown {
  const schema = resolved(given, root);
  if (typeof value === 'string') return allowsText(schema, text.length) ? text : undefined;
  if (Array.isArray(value)) {
    const [first, ...rest] = value;
    const { items } = schema;
    const item = Array.isArray(items) ? items[0] : items;
    const large = lengthened(item, root, first, text, isKey);
    return large === undefined ? undefined : [large, ...rest];
  }
  if (!isObject(value) || !isObject(schema.properties)) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (isKey(name)) continue;
    const large = lengthened(schema.properties[name], root, member, text, isKey);
    if (large !== undefined) return { ...value, [name]: large };
  }
  return undefined;
}

/** API Gateway takes 10 MB; a larger probe than this would take a run's time. */
const MOST_BALLAST = 4_194_304;

/** True if there is a request that the stream refuses for its size, whatever else lets it through. */
export const canBeHarmless = (stream: DeclaredStream): boolean =>
  stream.testRecords || mostBytes(stream) <= MOST_BALLAST;

/**
 * A body that must be refused, made so large by blanks that Kinesis refuses the record even if the
 * endpoint does not: where consumers read, no test record may stand.
 */
export const harmless = (stream: DeclaredStream, body: string): string =>
  stream.testRecords ? body : body + ' '.repeat(mostBytes(stream));
