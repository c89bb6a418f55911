import { parsedKey } from '../../../resources/events/key-source';
import type { EventRoute } from '../../../resources/events/routes';
import type { BodyKind } from '../../../resources/events/senders';
import { MARK } from '../../stage/test-records';
import type { Exchange } from '../exchange';
import type { EventAsk } from './ask';
import { eventOf, memberOf } from './event';
import { headersOf, isFree } from './headers';

/** One event of a request, as its record must have it. */
export interface Payload {
  /** The body, or its part. */
  readonly text: string;
  /** True where the bytes must be those that were sent; elsewhere the JSON value. */
  readonly isExact: boolean;
  /** The partition key; absent where the request's id is it. */
  readonly key?: string;
}

/** A request with events, and what the stream must hold of it. */
export interface Sending {
  readonly ask: EventAsk;
  readonly payloads: readonly Payload[];
}

/** A text of each line break, with characters that templates, JSON and forms treat as their own. */
export const HOSTILE_TEXT =
  "quotes \" and \\ and ', '/', unicode é 漢 🎉 \u2028, $input.body #set($x = 1) ${x} #end ## %zz &;|{}";

/** A key that ends its own text and names another stream, where it is pasted and not encoded. */
export const HOSTILE_KEY = 'x","StreamName":"another-stream","y":"';

/** How JSON is sent whose bytes must stay: as no serializer would write it. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 1)}\r\n `;

interface Given {
  /** The name of the run, with a number for this event. */
  readonly mark: string;
  readonly contentType: string;
  /** A key instead of the usual one, where senders choose it. */
  readonly key?: string;
  /** More text of the event, where it may have any. */
  readonly text?: string;
}

/** A request with one event for `/events/{name}`. */
export function single(route: EventRoute, kind: BodyKind, given: Given): Sending {
  const { stream } = route;
  const { mark, contentType, key, text } = given;
  const event = eventOf(stream, kind, mark, key);
  // The name of a stream in an event is an event's, and chooses none.
  const more = { text, StreamName: 'another-stream' };
  const whole = text !== undefined && MARK in event ? { ...event, ...more } : event;
  const body = textOf(kind, whole, mark, text);
  const { headers, query, key: itsKey } = keyed(route, whole, key ?? mark);
  return {
    ask: { body, contentType, headers: headersOf(keptOf(route), headers), query },
    payloads: [{ text: body, isExact: true, ...(itsKey !== undefined && { key: itsKey }) }],
  };
}

/** A value for each header that the envelope keeps: text that would add a member, if pasted. */
export const keptOf = ({ stream: { keepHeaders } }: EventRoute): Readonly<Record<string, string>> =>
  Object.fromEntries(keepHeaders.filter(isFree).map((name) => [name, `kept ${name}","x":"`]));

function textOf(kind: string, event: unknown, mark: string, text = ''): string {
  if (kind === 'form') return new URLSearchParams({ [MARK]: mark, text }).toString();
  return kind === 'text' ? `${MARK} ${mark}: ${text}` : jsonText(event);
}

/** Puts a key where senders put it. @returns that, and the key that the record must have */
export function keyed(
  { stream }: EventRoute,
  event: unknown,
  key: string,
): Pick<EventAsk, 'headers' | 'query'> & { readonly key?: string } {
  const source = parsedKey(stream);
  switch (source.from) {
    case 'header':
      return { headers: { [source.name]: key }, key };
    case 'query':
      return { query: { [source.name]: key }, key };
    case 'fixed':
      return { key: source.name };
    case 'member': {
      const own = memberOf(event, source.path);
      return own === undefined ? {} : { key: String(own) };
    }
    default:
      return {};
  }
}

/** The key that a record must have after an answer. */
export const keyOf = ({ key }: Payload, { requestId = '' }: Exchange, nth?: number): string =>
  key ?? (nth === undefined ? requestId : `${requestId}-${nth}`);
