import {
  type APIGatewayClient,
  GetApiKeyCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway';
import { type KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { HookError } from '../framework';
import { type Sign, unsigned } from './api-client';
import { withApiKey } from './api-key';
import { signWith } from './sign';
import { apiStage, type Target } from './target';

const MORE = 'docs/verification.md lists all that the verifying identity needs.';

/** What a run needs before its first check, or every reason why it cannot start. */
export async function preflight(
  target: Target,
  {
    apiGateway,
    kinesis,
  }: { readonly apiGateway: APIGatewayClient; readonly kinesis: KinesisClient },
): Promise<{ readonly sign: Sign }> {
  const missing: string[] = [];
  const need = async <T>(permission: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      missing.push(`${permission}: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  const { restApiId, parameters, apiKeyId, region } = target;
  await Promise.all([
    need('apigateway:GET on the stage', () =>
      apiGateway.send(new GetStageCommand({ restApiId, stageName: apiStage(target) })),
    ),
    need('kinesis:ListStreams', () => kinesis.send(new ListStreamsCommand({ Limit: 1 }))),
  ]);
  let sign = unsigned;
  if (parameters.authorization === 'API_KEY') {
    const key = await need('apigateway:GET on the API key', () =>
      apiGateway.send(new GetApiKeyCommand({ apiKey: apiKeyId ?? '', includeValue: true })),
    );
    sign = withApiKey(key?.value ?? '');
  } else if (parameters.authorization === 'AWS_IAM') {
    const credentials = await need('credentials to sign with', () => kinesis.config.credentials());
    if (credentials !== undefined) sign = signWith(region, credentials);
  }
  if (missing.length === 0) return { sign };
  throw new HookError(
    'CANNOT_VERIFY',
    ['The stage cannot be verified. Missing:', ...missing.map((each) => `  ${each}`), MORE].join(
      '\n',
    ),
  );
}
