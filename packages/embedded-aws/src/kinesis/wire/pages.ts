import { AwsError } from '../../core/errors';
import { invalidArgument } from '../errors';
import type { TokenSealer } from './sealed-token';

/** NextTokens expire after 300 seconds (API reference, ListShards). */
const TOKEN_LIFETIME_MS = 300_000;

export function sealPage(
  sealer: TokenSealer,
  action: string,
  content: readonly (string | number)[],
  now: number,
): string {
  return sealer.seal(action, [now, ...content]);
}

/** @throws AwsError InvalidArgumentException or ExpiredNextTokenException */
export function openPage(
  sealer: TokenSealer,
  action: string,
  token: string,
  now: number,
): unknown[] {
  const content = sealer.open(action, token);
  if (content === undefined) throw invalidArgument('NextToken is invalid.');
  const [sealedAt, ...rest] = content;
  if (now - Number(sealedAt) > TOKEN_LIFETIME_MS) {
    throw new AwsError('ExpiredNextTokenException', 'The pagination token has expired.');
  }
  return rest;
}
