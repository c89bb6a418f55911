import { randomFillSync } from 'node:crypto';

/** Random bytes are fetched in bulk, because each system call costs more than the id itself. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** As many random bytes as text; fewer than 4096. */
export function randomText(bytes: number, encoding: 'base64url' | 'hex'): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString(encoding, used - bytes, used);
}
