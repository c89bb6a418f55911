interface Body {
  /** Follows `/events/{name}`. */
  readonly path: '' | '/batch' | '/pixel';
  /**
   * The content types as senders write them, charset and case included: API Gateway compares whole
   * types, and it is not documented whether it leaves parameters aside.
   */
  readonly contentTypes: readonly string[];
  /** True if API Gateway can check a body against a schema, and read its members. */
  readonly isJson: boolean;
  /**
   * True if the template refuses an empty body, which is `{}` there. JSON without a schema may be
   * that; a CloudEvent's model demands members.
   */
  readonly refusesEmpty?: true;
  /** The template with which its data, or its elements, are taken out of a request. */
  readonly template: string;
}

/** A content type with the spellings of it that clients send. */
const utf8 = (type: string) => [type, `${type};charset=UTF-8`, `${type}; charset=utf-8`] as const;

/** The kinds of bodies, each with a template of its own. */
export const BODIES = {
  json: {
    path: '',
    contentTypes: utf8('application/json'),
    isJson: true,
    template: 'Event.body',
  },
  text: {
    path: '',
    contentTypes: utf8('text/plain'),
    isJson: false,
    refusesEmpty: true,
    template: 'Event.body',
  },
  form: {
    path: '',
    contentTypes: utf8('application/x-www-form-urlencoded'),
    isJson: false,
    refusesEmpty: true,
    template: 'Event.body',
  },
  cloudevents: {
    path: '',
    contentTypes: utf8('application/cloudevents+json'),
    isJson: true,
    template: 'Event.body',
  },
  'json-array': {
    path: '/batch',
    contentTypes: utf8('application/json'),
    isJson: true,
    template: 'Event.element',
  },
  'cloudevents-batch': {
    path: '/batch',
    contentTypes: utf8('application/cloudevents-batch+json'),
    isJson: true,
    template: 'Event.element',
  },
  ndjson: {
    path: '/batch',
    contentTypes: [...utf8('application/x-ndjson'), 'application/ndjson', 'application/jsonl'],
    isJson: false,
    refusesEmpty: true,
    template: 'Event.line',
  },
  pixel: {
    path: '/pixel',
    // A GET has no type, which counts as this one.
    contentTypes: ['application/json'],
    isJson: false,
    template: 'Event.query-body',
  },
} as const satisfies Readonly<Record<string, Body>>;

export type BodyKind = keyof typeof BODIES;
export const bodyKinds = Object.keys(BODIES) as BodyKind[];

/** The facts about a kind of body. */
export const bodyOf = (kind: BodyKind): Body => BODIES[kind];

interface SenderKind {
  readonly bodies: readonly BodyKind[];
  /** True if it never sends a refused event again. */
  readonly sendsOnce: boolean;
  /** True if a stream that must read its events leaves out the bodies that are not JSON. */
  readonly bodiesVary?: true;
}

/** The kinds of senders that a stream may have. */
export const SENDERS = {
  json: { bodies: ['json'], sendsOnce: false },
  'json-array': { bodies: ['json-array'], sendsOnce: false },
  text: { bodies: ['text'], sendsOnce: false },
  beacon: { bodies: ['text'], sendsOnce: true },
  form: { bodies: ['form'], sendsOnce: false },
  cloudevents: { bodies: ['cloudevents'], sendsOnce: false },
  'cloudevents-batch': { bodies: ['cloudevents-batch'], sendsOnce: false },
  webhook: {
    bodies: ['json', 'text', 'form', 'cloudevents'],
    sendsOnce: true,
    bodiesVary: true,
  },
  ndjson: { bodies: ['ndjson'], sendsOnce: false },
  pixel: { bodies: ['pixel'], sendsOnce: true },
} as const satisfies Readonly<Record<string, SenderKind>>;

export type Sender = keyof typeof SENDERS;
export const senderNames = Object.keys(SENDERS) as Sender[];

/** The facts about a kind of sender. */
export const senderKind = (sender: Sender): SenderKind => SENDERS[sender];

/** Senders of a stream that names none. */
export const DEFAULT_SENDERS: readonly Sender[] = ['json', 'json-array'];

/**
 * The kinds of bodies that a stream takes, in the order of the table.
 * @param readsEvents true if API Gateway must read its events: for a schema, or a key in a member
 */
export function bodiesTaken(senders: readonly Sender[], readsEvents: boolean): BodyKind[] {
  const taken = senders.flatMap((sender) => {
    const { bodies, bodiesVary } = senderKind(sender);
    return bodiesVary && readsEvents ? bodies.filter((kind) => bodyOf(kind).isJson) : bodies;
  });
  return bodyKinds.filter((kind) => taken.includes(kind));
}
