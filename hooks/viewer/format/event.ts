import { binaryIn, type CloudEvent, structuredIn } from './cloud-event';
import { preview, previewOfText, textOf } from './content';
import { type Envelope, envelopeIn, envelopeJson } from './envelope';

/** An event with what senders and endpoints put around it, opened. */
export interface OpenedEvent {
  readonly envelope?: Envelope;
  readonly cloudEvent?: CloudEvent;
  /** The event itself, as it was sent. */
  readonly body: string | Uint8Array;
}

const OPENING = '{'.charCodeAt(0);
/** A member that each of the two has: others need not be parsed. */
const TELLING = /"(specversion|receivedAt)"/;

/** @returns undefined for data that is neither an envelope nor a CloudEvent */
export function openEvent(contents: Uint8Array): OpenedEvent | undefined {
  if (contents[0] !== OPENING) return undefined;
  const text = textOf(contents) ?? '';
  const envelope = inObject(text, (value) => envelopeIn(value));
  if (envelope === undefined) {
    const cloudEvent = structured(text);
    return cloudEvent && { cloudEvent, body: cloudEvent.data };
  }
  const cloudEvent = structured(envelope.body) ?? binaryIn(envelope);
  return { envelope, body: cloudEvent?.data ?? envelope.body, ...(cloudEvent && { cloudEvent }) };
}

const structured = (text: string) => inObject(text, (value) => structuredIn(text, value));

function inObject<T>(
  text: string,
  read: (value: Readonly<Record<string, unknown>>) => T | undefined,
): T | undefined {
  if (!TELLING.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? read(value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** More would be parsed for a line than the line is worth. */
const MOST_OPENED_FOR_A_LINE = 65_536;

/**
 * The beginning of the data in one line; of an event that is wrapped, that of its body, after the
 * type if it is a CloudEvent.
 */
export function eventPreview(contents: Uint8Array): string {
  const event = contents.length > MOST_OPENED_FOR_A_LINE ? undefined : openEvent(contents);
  if (event === undefined) return preview(contents);
  const { body, cloudEvent } = event;
  const type = cloudEvent?.attributes.type;
  const text = typeof body === 'string' ? previewOfText(body) : preview(body);
  return typeof type === 'string' ? `${previewOfText(type)} · ${text}` : text;
}

/** The members that a line of JSON has for them, each after a comma; empty for other data. */
export function eventMembers(contents: Uint8Array): string {
  const { envelope, cloudEvent } = openEvent(contents) ?? {};
  return [
    envelope === undefined ? '' : `,"Envelope":${envelopeJson(envelope)}`,
    cloudEvent === undefined ? '' : `,"CloudEvent":${cloudEvent.json}`,
  ].join('');
}
