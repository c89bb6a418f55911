import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * A deterministic id of lower-case letters and digits, derived from the seed.
 * @param length API Gateway's REST API ids have 10 characters, its resource ids 6
 */
export function derivedId(seed: string, length: number): string {
  let value = BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`);
  let id = '';
  while (id.length < length) {
    id += ALPHABET[Number(value % 36n)];
    value /= 36n;
  }
  return id;
}
