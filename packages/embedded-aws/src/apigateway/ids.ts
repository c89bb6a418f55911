import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The length of a REST API's id; all other ids have {@link PART_ID_LENGTH}. */
export const API_ID_LENGTH = 10;
export const PART_ID_LENGTH = 6;

/** A random id of lower-case letters and digits, in API Gateway's format. */
export function randomId(length: number): string {
  let id = '';
  while (id.length < length) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** A generated API key value: 40 letters and digits. */
export function randomKeyValue(): string {
  const letters = `${ALPHABET}${ALPHABET.slice(10).toUpperCase()}`;
  let value = '';
  while (value.length < 40) value += letters[randomInt(letters.length)];
  return value;
}
