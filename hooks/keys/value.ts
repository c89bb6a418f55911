import { type APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { HookError } from '../framework';
import { orUndefined } from '../stage/deployed-copy';
import { type KnownKey, labelOf } from './known-keys';

/**
 * Reads the value of a key, the only place that does so for a user.
 * @throws HookError if somebody has deleted the key
 */
export async function readValue(client: APIGatewayClient, key: KnownKey): Promise<string> {
  const command = new GetApiKeyCommand({ apiKey: key.id, includeValue: true });
  const { value } = (await orUndefined(client.send(command))) ?? {};
  if (value) return value;
  throw new HookError(
    'KEY_GONE',
    `The key ${labelOf(key)} (${key.id}) was deleted by hand. Give it another name in the producer's list and deploy: that makes a new one.`,
  );
}
