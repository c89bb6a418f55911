import { HookError } from '../framework';

/**
 * Where the keys of user pools are, for the embedded AWS, which checks them.
 * @param configured `custom.local.userPools`: the URL of the issuer or of its keys by the pool's ARN
 * @param given `--user-pool`: `<arn>=<url>`; takes precedence, for it comes last
 * @throws HookError for a configuration of another shape
 */
export function userPoolsOf(
  configured: unknown,
  given: string | readonly string[] = [],
): readonly string[] {
  const entries = configured === undefined ? [] : Object.entries(checked(configured));
  return [...entries.map(([arn, url]) => `${arn}=${url}`), ...[given].flat()];
}

function checked(configured: unknown): Record<string, string> {
  const isRecord =
    typeof configured === 'object' && configured !== null && !Array.isArray(configured);
  if (isRecord && Object.values(configured).every((url) => typeof url === 'string')) {
    return configured as Record<string, string>;
  }
  throw new HookError(
    'LOCAL_USER_POOLS_INVALID',
    "custom.local.userPools takes an object of URLs by the ARNs of user pools: { 'arn:aws:cognito-idp:…': 'http://127.0.0.1:9229/local_abc123' }. docs/authorization.md#on-a-laptop has an example.",
  );
}
