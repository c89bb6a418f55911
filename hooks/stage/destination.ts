import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsProvider, HookError } from '../framework';
import { unhurried } from './clients';
import { patient } from './patient';

/** @throws HookError for a region that is not the stage's */
export function refuseOtherRegion(stage: string, declared: string, region: string): void {
  if (declared === '' || declared === region) return;
  throw new HookError(
    'OTHER_REGION',
    `Stage ${stage} belongs to region ${declared}, and this command goes to ${region}: add --region ${declared}, or change the stage's parameter 'region'.`,
  );
}

/**
 * Asks STS whose credentials these are, which takes no permission.
 * @throws HookError for an account that is not the stage's
 * @throws Unasked when AWS cannot be called
 */
export async function refuseOtherAccount(
  stage: string,
  declared: string,
  config: Awaited<ReturnType<AwsProvider['getAwsSdkV3Config']>>,
): Promise<void> {
  const { region, credentials, endpoint, requestHandler } = config;
  const client = new STSClient({
    region,
    maxAttempts: 1,
    ...(credentials && { credentials }),
    ...(endpoint && { endpoint }),
    ...(requestHandler && { requestHandler }),
  });
  const asked = patient(client, { ...unhurried, service: 'STS', isVital: true });
  try {
    const { Account: account, Arn: arn } = await asked.send(new GetCallerIdentityCommand({}));
    if (account === declared) return;
    throw new HookError(
      'OTHER_ACCOUNT',
      `Stage ${stage} belongs to account ${declared}, and these credentials are of ${account} (${arn}): name the right profile with --aws-profile, or change the stage's parameter 'accountId'.`,
    );
  } finally {
    client.destroy();
  }
}
