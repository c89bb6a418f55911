import { KinesisClient } from '@aws-sdk/client-kinesis';
import { withPlaced } from '../../hooks/verify/access/token';
import { withApiKey } from '../../hooks/verify/api-key';
import { signWith } from '../../hooks/verify/sign';
import type { Api } from './api';

/**
 * The stage that the environment names: CONTRACT_INVOKE_URL. Requests carry the key in
 * CONTRACT_API_KEY, CONTRACT_TOKEN as the header Authorization, or are signed with the credentials that the AWS SDK finds.
 * @throws Error when none is named
 */
export async function stageApi(environment: NodeJS.ProcessEnv): Promise<Api> {
  const {
    CONTRACT_INVOKE_URL: named,
    CONTRACT_API_KEY: apiKey,
    CONTRACT_TOKEN: token,
  } = environment;
  if (!named) {
    throw new Error('Name the stage to test: CONTRACT_INVOKE_URL=https://… npm run test:contract');
  }
  const invokeUrl = named.replace(/\/+$/, '');
  if (apiKey) return { invokeUrl, sign: withApiKey(apiKey) };
  if (token) {
    return { invokeUrl, sign: withPlaced({ headers: { Authorization: token }, query: {} }) };
  }
  // The region is in the URL of a stage; a domain of one's own does not tell it.
  const [, ofUrl] = /\.execute-api\.([a-z0-9-]+)\./.exec(invokeUrl) ?? [];
  const region = ofUrl ?? environment.AWS_REGION ?? 'us-east-1';
  const client = new KinesisClient({ region });
  const credentials = await client.config.credentials();
  client.destroy();
  return { invokeUrl, sign: signWith(region, credentials) };
}
