import { isDeepStrictEqual } from 'node:util';
import type { EventRoute } from '../../../resources/events/routes';
import { isObject } from './schema';
import type { Payload } from './sending';
import type { FoundRecord } from './stream-reader';

/** True if a record has the bytes, or of what need not be exact the JSON value, of a payload. */
export function holds(
  { bytes }: Pick<FoundRecord, 'bytes'>,
  { text, isExact }: Payload,
  { stream }: EventRoute,
): boolean {
  const whole = bytes.toString();
  const line = stream.delimiter === 'newline' && whole.endsWith('\n') ? whole.slice(0, -1) : whole;
  const isEnded = stream.delimiter === undefined || whole.endsWith('\n');
  if (stream.envelope) {
    const { body } = parsedObject(line) ?? {};
    return isEnded && typeof body === 'string' && isSame(body, text, isExact);
  }
  // A text that ends with a newline gets no second one.
  const expected = stream.delimiter === undefined || text.endsWith('\n') ? text : `${text}\n`;
  return isEnded && isSame(whole, expected, isExact);
}

const isSame = (held: string, sent: string, isExact: boolean) =>
  held === sent || (!isExact && isDeepStrictEqual(jsonValue(held), jsonValue(sent)));

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return Symbol(text);
  }
}

/** The object that a text is; undefined for any other text. */
export const parsedObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  const value = jsonValue(text);
  return isObject(value) ? value : undefined;
};
