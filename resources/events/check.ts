import type { StreamDoor } from '../authorization/declaration';
import { hasAuthorizer } from '../authorization/modes';
import { parseKey } from './key-source';
import { bodyOf, SENDERS, type Sender, senderKind } from './senders';

/** The members of a declaration that decide how events are taken. JavaScript may give anything. */
export interface EventSettings {
  readonly senders?: readonly Sender[];
  readonly key?:
    | string
    | { readonly from: string; readonly orElse?: unknown; readonly cut?: unknown };
  readonly envelope?: boolean;
  readonly keepHeaders?: readonly string[];
  readonly keepClaims?: readonly string[];
  readonly idHeader?: string;
  readonly authorization?: StreamDoor;
}

const KEY_FORMS =
  "'$.member', 'header:Name', 'query:name', 'fixed:text' or 'request-id'. Members and names take letters, digits, _ and -; a fixed key 1 to 256 characters of those, space and .:@/=+,";

const keyOf = ({ key = 'request-id' }: EventSettings) =>
  typeof key === 'string' ? { from: key } : key;

/** Mistakes in how a stream takes events; the first that applies is reported. */
const MISTAKES: readonly ((settings: EventSettings) => string | false | undefined)[] = [
  (settings) =>
    parseKey(keyOf(settings).from) === undefined &&
    `key is '${keyOf(settings).from}'. It takes ${KEY_FORMS}`,
  (settings) => {
    const { from, orElse, cut } = keyOf(settings) as {
      from: string;
      orElse?: unknown;
      cut?: unknown;
    };
    const { from: kind } = parseKey(from) ?? {};
    return (
      (kind === 'fixed' || kind === 'request-id') &&
      (orElse !== undefined || cut !== undefined) &&
      `key is '${from}', which every event has: leave out orElse and cut.`
    );
  },
  (settings) => {
    const { from } = keyOf(settings);
    const unread = (settings.senders ?? []).find((sender) => !canReadMembers(sender));
    return (
      parseKey(from)?.from === 'member' &&
      unread !== undefined &&
      `key is '${from}', and API Gateway cannot read members of what sender '${unread}' sends. Take the key from a header, a query parameter or the request id, or declare a second stream for '${unread}'.`
    );
  },
  (settings) => {
    const key = parseKey(keyOf(settings).from);
    return (
      key?.from === 'member' &&
      key.path.length > 1 &&
      settings.senders?.includes('pixel') &&
      `key is '${keyOf(settings).from}', and a pixel's event is its query, which has no members in members.`
    );
  },
  ({ envelope, keepHeaders = [] }) =>
    keepHeaders.length > 0 &&
    envelope !== true &&
    'keepHeaders needs envelope: true, which is where headers are kept.',
  ({ envelope, keepClaims = [] }) =>
    keepClaims.length > 0 &&
    envelope !== true &&
    'keepClaims needs envelope: true, which is where claims are kept.',
  ({ authorization, keepClaims = [] }) =>
    keepClaims.length > 0 &&
    typeof authorization === 'string' &&
    !hasAuthorizer(authorization) &&
    `keepClaims needs an authorizer, which says them, and authorization is ${authorization}.`,
  ({ envelope, idHeader }) =>
    idHeader !== undefined &&
    envelope !== true &&
    'idHeader needs envelope: true, which is where the id is kept.',
];

/**
 * Members of what it sends can be read without risk: API Gateway parses JSON bodies itself, and
 * answers 400 to what is none. Text, forms and lines would have to be parsed by the template, where
 * one that is malformed is a 500.
 */
const canReadMembers = (sender: Sender): boolean =>
  sender === 'pixel' ||
  !Object.hasOwn(SENDERS, sender) ||
  senderKind(sender).bodiesVary === true ||
  senderKind(sender).bodies.every((kind) => bodyOf(kind).isJson);

/**
 * What is wrong with how a stream takes events, beyond the values of single members.
 * @param settings as a stage has them, without defaults
 * @returns a sentence that begins with the member, or undefined
 */
export function eventMistake(settings: EventSettings): string | undefined {
  for (const mistake of MISTAKES) {
    const told = mistake(settings);
    if (told) return told;
  }
  return undefined;
}
