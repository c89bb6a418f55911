import {
  APIGatewayClient,
  type APIGatewayClientConfig,
  GetApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import type { Sign } from './api-client';

/** Reads the value of the stage's API key, which CloudFormation does not tell. */
export async function apiKeyValue(config: APIGatewayClientConfig, keyId: string): Promise<string> {
  const client = new APIGatewayClient(config);
  try {
    const { value = '' } = await client.send(
      new GetApiKeyCommand({ apiKey: keyId, includeValue: true }),
    );
    return value;
  } finally {
    client.destroy();
  }
}

/** Adds the key to every request. */
export function withApiKey(value: string): Sign {
  return async (request) => {
    request.headers.set('x-api-key', value);
    return request;
  };
}
