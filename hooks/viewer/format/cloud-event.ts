import { fromBase64 } from './base64';
import type { Envelope } from './envelope';
import { compactJson, memberJson } from './json-text';

/** A CloudEvent. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md */
export interface CloudEvent {
  /** `type`, `source`, `id` and what else it has, extensions included. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Its data as it was sent: JSON or other text, or bytes. */
  readonly data: string | Uint8Array;
  /** All of it as JSON in one line, numbers as they were sent. */
  readonly json: string;
}

const REQUIRED = ['specversion', 'id', 'source', 'type'];

/**
 * A CloudEvent in structured mode: one JSON object.
 * @param value the parsed text
 * @returns undefined for any other object
 */
export function structuredIn(
  text: string,
  value: Readonly<Record<string, unknown>>,
): CloudEvent | undefined {
  const isEvent = REQUIRED.every((name) => typeof value[name] === 'string' && value[name] !== '');
  if (!isEvent) return undefined;
  const { data, data_base64: base64, ...attributes } = value;
  return { attributes, data: dataOf(text, data, base64), json: compactJson(text) ?? text };
}

function dataOf(text: string, data: unknown, base64: unknown): string | Uint8Array {
  if (typeof data === 'string') return data;
  if (data !== undefined && data !== null) return memberJson(text, 'data') ?? '';
  if (typeof base64 !== 'string') return '';
  try {
    return fromBase64(base64);
  } catch {
    return base64;
  }
}

const HEADER = /^ce-/i;

/**
 * A CloudEvent in binary mode: attributes in the headers that the envelope keeps, data in the body.
 * @returns undefined for an envelope that keeps no such header
 */
export function binaryIn({ facts, body }: Envelope): CloudEvent | undefined {
  const { headers, id, contentType } = facts;
  const kept = Object.entries(headers ?? {}).filter(([name]) => HEADER.test(name));
  if (kept.length === 0) return undefined;
  const attributes = {
    // Its id is the envelope's, whether the header is kept or not.
    id,
    ...(contentType !== '' && { datacontenttype: contentType }),
    ...Object.fromEntries(
      kept.map(([name, value]) => [name.replace(HEADER, '').toLowerCase(), unescaped(value)]),
    ),
  };
  const members = JSON.stringify(attributes).slice(0, -1);
  const json = `${members},"data":${compactJson(body) ?? JSON.stringify(body)}}`;
  return { attributes, data: body, json };
}

/** Headers are percent-encoded: section 3.1.3.2 of the HTTP binding. */
function unescaped(value: unknown): unknown {
  try {
    return decodeURIComponent(String(value));
  } catch {
    return value;
  }
}
