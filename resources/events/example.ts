import type { DeclaredStream } from '../streams/declared';
import { parsedKey } from './key-source';
import type { EventRoute } from './routes';
import { type BodyKind, bodyOf } from './senders';

/** A request that an event endpoint takes, to show people. */
export interface ExampleRequest {
  /** With its query: `/events/clicks/pixel?page=home`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for a GET. */
  readonly body?: string;
  /** The file that has the body, from the folder of serverless.ts, if one does. */
  readonly file?: string;
}

/**
 * The stream's sample, or a small event with its key, as the first kind of body that the endpoint
 * takes.
 */
export function exampleRequest({ stream, path, bodies }: EventRoute): ExampleRequest {
  const [kind = 'json'] = bodies;
  const key = parsedKey(stream);
  const query = new URLSearchParams({
    ...(key.from === 'query' && { [key.name]: 'example' }),
    ...(kind === 'pixel' && { page: 'home' }),
    ...(kind === 'pixel' && key.from === 'member' && { [key.path.join('.')]: 'example' }),
  }).toString();
  const whole = query === '' ? path : `${path}?${query}`;
  const headers = key.from === 'header' ? { [key.name]: 'example' } : {};
  if (kind === 'pixel') return { path: whole, headers };
  const [type = ''] = bodyOf(kind).contentTypes;
  return {
    path: whole,
    headers: { 'content-type': type, ...headers },
    body: BODIES_OF[kind](stream),
    ...(kind === 'json' && stream.contract && { file: stream.contract.sampleFile }),
  };
}

/** The sample, or an event that has nothing but its key. */
const event = (stream: DeclaredStream): string =>
  stream.contract?.sample ?? JSON.stringify(keyed(stream, { hello: 'world' }));

const BODIES_OF: Readonly<Record<Exclude<BodyKind, 'pixel'>, (stream: DeclaredStream) => string>> =
  {
    json: event,
    text: () => 'hello',
    form: () => 'hello=world',
    cloudevents: cloudEvent,
    'json-array': (stream) => `[${event(stream)}]`,
    'cloudevents-batch': (stream) => `[${cloudEvent(stream)}]`,
    ndjson: (stream) => `${JSON.stringify(JSON.parse(event(stream)))}\n`,
  };

function cloudEvent(stream: DeclaredStream): string {
  const attributes = { specversion: '1.0', id: '1', source: '/example', type: 'example' };
  const { sample } = stream.contract ?? {};
  const data: unknown = sample === undefined ? { hello: 'world' } : JSON.parse(sample);
  return JSON.stringify(keyed(stream, { ...attributes, data }));
}

/** The event with a member for its key, unless it has one. */
function keyed(stream: DeclaredStream, whole: object): object {
  const key = parsedKey(stream);
  return key.from === 'member' ? withMember(whole, key.path) : whole;
}

function withMember(value: unknown, [name, ...rest]: readonly string[]): object {
  const members = typeof value === 'object' && value !== null ? value : {};
  if (name === undefined) return members;
  const member: unknown = Object.entries(members).find(([known]) => known === name)?.[1];
  return {
    ...members,
    [name]: rest.length === 0 ? (member ?? 'example') : withMember(member, rest),
  };
}
