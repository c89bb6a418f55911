import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The length of a REST API's id; everything else of API Gateway has {@link PART_ID_LENGTH}. */
export const API_ID_LENGTH = 10;
export const PART_ID_LENGTH = 6;

/** An id of lower-case letters and digits, as API Gateway makes them. */
export function randomId(length: number): string {
  let id = '';
  while (id.length < length) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** The value of an API key that was made without one: 40 letters and digits. */
export function randomKeyValue(): string {
  const letters = `${ALPHABET}${ALPHABET.slice(10).toUpperCase()}`;
  let value = '';
  while (value.length < 40) value += letters[randomInt(letters.length)];
  return value;
}
