import { preview, previewOfText, textOf } from './content';
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

const OPENING = '{'.charCodeAt(0);

/** The same record is drawn, filtered and copied. */
const opened = new WeakMap<Uint8Array, { readonly envelope: Envelope | undefined }>();

/**
 * Opens an envelope. It is recognised by its members, so that records outlive the declaration that
 * asked for them.
 * @returns undefined for any other data
 */
export function openEnvelope(data: Uint8Array): Envelope | undefined {
  if (data[0] !== OPENING) return undefined;
  const known = opened.get(data) ?? { envelope: envelopeIn(data) };
  opened.set(data, known);
  return known.envelope;
}

function envelopeIn(data: Uint8Array): Envelope | undefined {
  const value = jsonOf(textOf(data) ?? '');
  if (typeof value !== 'object' || value === null) return undefined;
  const { body, ...facts } = value as Readonly<Record<string, unknown>>;
  const isWhole = ENVELOPE_MEMBERS.every((name) => Object.hasOwn(value, name));
  if (!isWhole || Object.keys(value).length > ENVELOPE_MEMBERS.length) return undefined;
  return typeof body === 'string' ? { facts, body } : undefined;
}

/** More would be parsed for a line than the line is worth. */
const MOST_OPENED_FOR_A_LINE = 65_536;

/** The beginning of the data in one line; of an event in an envelope, that of its body. */
export function eventPreview(data: Uint8Array): string {
  const envelope = data.length > MOST_OPENED_FOR_A_LINE ? undefined : openEnvelope(data);
  return envelope === undefined ? preview(data) : previewOfText(envelope.body);
}

/** The envelope as JSON, in which a body that is JSON is no longer text but as it was sent. */
export function openedJson({ facts, body }: Envelope): string {
  const members = JSON.stringify(facts).slice(0, -1);
  return `${members},"body":${compactJson(body) ?? JSON.stringify(body)}}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
