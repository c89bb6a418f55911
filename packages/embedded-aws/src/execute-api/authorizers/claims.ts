import type { JWTPayload } from 'jose';
import { logTime } from '../execution-log';

/** The claims that are times of Java's, as opposed to `auth_time`, which stays a number. */
const DATES: readonly string[] = ['exp', 'iat', 'nbf'];

/**
 * `$context.authorizer.claims`, all of them text: `Mon Jun 15 05:56:21 UTC 2026` for times, lists
 * joined by commas, objects as JSON, the elements of `identities` too (public dumps of 2019 to 2026).
 */
export function claimTexts(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [
        name,
        DATES.includes(name) && isTime(value) ? logTime(value * 1000) : textOf(value),
      ]),
  );
}

/** Seconds that a date can have: a token may name an end that is further away than any. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(new Date(value * 1000).getTime());
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
