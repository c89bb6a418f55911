import { HookError } from '../framework';

/**
 * The address that the embedded AWS opens to others, if any. It checks the address.
 * @param configured `custom.local.host`
 * @param given `--host`; replaces what is configured
 * @throws HookError for a configuration that is no text
 */
export function hostOf(configured: unknown, given: string | undefined): string | undefined {
  const host = given ?? configured;
  if (host === undefined || typeof host === 'string') return host;
  throw new HookError(
    'LOCAL_HOST_INVALID',
    "custom.local.host takes an IP address of this machine, such as '0.0.0.0'.",
  );
}
