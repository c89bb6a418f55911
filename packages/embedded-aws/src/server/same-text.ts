import { timingSafeEqual } from 'node:crypto';
import { sha256 } from './canonical-request';

/** Compares two secret texts in constant time. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}
