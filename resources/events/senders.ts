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
}

/** A content type with the spellings of it that clients send. */
const utf8 = (type: string) => [type, `${type};charset=UTF-8`, `${type}; charset=utf-8`] as const;

/** The kinds of bodies, each with a template of its own: `templates/Event.json.vtl`. */
export const BODIES = {
  json: { path: '', contentTypes: utf8('application/json'), isJson: true },
} as const satisfies Readonly<Record<string, Body>>;

export type BodyKind = keyof typeof BODIES;

interface SenderKind {
  readonly bodies: readonly BodyKind[];
  /** True if it never sends a refused event again. */
  readonly sendsOnce: boolean;
}

/** The kinds of senders that a stream may have. */
export const SENDERS = {
  json: { bodies: ['json'], sendsOnce: false },
} as const satisfies Readonly<Record<string, SenderKind>>;

export type Sender = keyof typeof SENDERS;
export const senderNames = Object.keys(SENDERS) as Sender[];

/** Senders of a stream that names none. */
export const DEFAULT_SENDERS: readonly Sender[] = ['json'];
