import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import { withApiKey } from '../api-key';
import { type Sign, unsigned } from '../exchange';
import { signWith } from '../sign';
import type { DescribedDoor } from './described';

/**
 * How the door's requests are let in: signed with the shell's credentials, with the key of an
 * environment variable, both where its routes differ, or as they are.
 * @throws HookError when the key or the credentials are missing
 */
export async function accessTo(
  door: DescribedDoor,
  region: string,
  { config }: Pick<KinesisClient, 'config'>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Sign> {
  const kinds = new Set(door.routes.routes.map((route) => door.authorization(route)));
  const withKey = kinds.has('key') ? withApiKey(keyFrom(door, environment)) : unsigned;
  if (!kinds.has('iam')) return withKey;
  await requireCredentials(config);
  const withSignature = signWith(region, () => config.credentials());
  if (!kinds.has('key')) return withSignature;
  return async (request) => withSignature(await withKey(request));
}

function keyFrom(
  { routes: { apiKey = 'API_KEY' } }: DescribedDoor,
  environment: NodeJS.ProcessEnv,
) {
  const key = environment[apiKey];
  if (key) return key;
  throw new HookError(
    'API_KEY_MISSING',
    `The routes ask for an API key: set the environment variable ${apiKey} to it.`,
  );
}

/** True if the shell has AWS credentials. */
export const hasCredentials = ({ config }: Pick<KinesisClient, 'config'>): Promise<boolean> =>
  config.credentials().then(
    () => true,
    () => false,
  );

async function requireCredentials({ credentials }: KinesisClient['config']): Promise<void> {
  try {
    await credentials();
  } catch (cause) {
    throw new HookError(
      'CREDENTIALS_MISSING',
      'The routes ask for signed requests, and the shell has no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      { cause },
    );
  }
}
