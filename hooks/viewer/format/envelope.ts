import { compactJson } from './json-text';

/** An event that its endpoint has put into an envelope: docs/events.md#envelope. */
export interface Envelope {
  /** All of it but the body: id, time, source, headers. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** The body as it was sent. */
  readonly body: string;
}

/** The members of every envelope. */
export const ENVELOPE_MEMBERS = [
  ...['id', 'receivedAt', 'sourceIp', 'userAgent', 'method', 'query', 'headers'],
  ...['contentType', 'body'],
] as const;

/**
 * Opens an envelope. It is recognised by its members, so that records outlive the declaration that
 * asked for them.
 * @param value parsed JSON
 * @returns undefined for any other value
 */
export function envelopeIn(value: Readonly<Record<string, unknown>>): Envelope | undefined {
  const { body, ...facts } = value;
  const isWhole = ENVELOPE_MEMBERS.every((name) => Object.hasOwn(value, name));
  if (!isWhole || Object.keys(value).length > ENVELOPE_MEMBERS.length) return undefined;
  return typeof body === 'string' ? { facts, body } : undefined;
}

/** The envelope as JSON, in which a body that is JSON is no longer text but as it was sent. */
export function envelopeJson({ facts, body }: Envelope): string {
  const members = JSON.stringify(facts).slice(0, -1);
  return `${members},"body":${compactJson(body) ?? JSON.stringify(body)}}`;
}
