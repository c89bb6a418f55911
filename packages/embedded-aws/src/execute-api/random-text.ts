import { randomFillSync } from 'node:crypto';

/** Asking the system for random bytes costs more than all else that an id takes, so it is asked rarely. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** As many random bytes as text; fewer than 4096. */
export function randomText(bytes: number, encoding: 'base64' | 'hex'): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString(encoding, used - bytes, used);
}
