import { GetApiKeyCommand, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { HookError } from '../framework';
import { type Clients, patientClients, unhurried } from '../stage/clients';
import { entrancesOf, isOpenEntrance } from '../stage/entrances';
import { apiStage, type Target } from '../stage/target';
import { unaskedIn } from '../stage/unasked';
import { Access, type AccessOptions } from './access/access';
import { withApiKey } from './api-key';
import { type Sign, unsigned } from './exchange';
import { signWith } from './sign';

const MORE = 'docs/verification.md lists all that the verifying identity needs.';

/**
 * Checks what a run needs before its first check. A token it can do without: then only what needs
 * none is asked.
 * @throws HookError with every reason why it cannot start
 * @throws Unasked when AWS cannot be called at all
 */
export async function preflight(
  target: Target,
  given: Pick<Clients, 'apiGateway' | 'kinesis'>,
  tokens: Omit<AccessOptions, 'signers'> = {},
): Promise<{ readonly sign: Sign; readonly access: Access }> {
  const { apiGateway, kinesis } = patientClients(
    { apiGateway: given.apiGateway, kinesis: given.kinesis },
    unhurried,
  );
  const missing: string[] = [];
  const need = async <T>(permission: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      // An obstacle to every call is not a single missing permission.
      const unasked = unaskedIn(error);
      if (unasked !== undefined && unasked.obstacle !== 'denied') throw unasked;
      missing.push(`${permission}: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  const { restApiId, apiKeyId, region } = target;
  await Promise.all([
    need('apigateway:GET on the stage', () =>
      apiGateway.send(new GetStageCommand({ restApiId, stageName: apiStage(target) })),
    ),
    need('kinesis:ListStreams', () => kinesis.send(new ListStreamsCommand({ Limit: 1 }))),
  ]);
  const needed = new Set(entrancesOf(target).map(({ authorization }) => authorization));
  const signers = { AWS_IAM: unsigned, API_KEY: unsigned };
  if (needed.has('API_KEY')) {
    const key = await need('apigateway:GET on the API key', () =>
      apiGateway.send(new GetApiKeyCommand({ apiKey: apiKeyId ?? '', includeValue: true })),
    );
    signers.API_KEY = withApiKey(key?.value ?? '');
  }
  if (needed.has('AWS_IAM')) {
    const { credentials } = kinesis.config;
    const own = await need('credentials to sign with', () => credentials());
    // Asked for each signature, so that those that are about to expire are renewed where they can be.
    if (own !== undefined) signers.AWS_IAM = signWith(region, () => credentials());
  }
  if (missing.length === 0) {
    const access = new Access(target, { ...tokens, signers });
    await access.prepare();
    return { sign: access.entrances.every(isOpenEntrance) ? unsigned : access.sign, access };
  }
  throw new HookError(
    'CANNOT_VERIFY',
    ['The stage cannot be verified. Missing:', ...missing.map((each) => `  ${each}`), MORE].join(
      '\n',
    ),
  );
}
