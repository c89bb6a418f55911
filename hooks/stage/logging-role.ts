import {
  APIGatewayClient,
  GetAccountCommand,
  UpdateAccountCommand,
} from '@aws-sdk/client-api-gateway';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
  type Role,
} from '@aws-sdk/client-iam';
import { HookError } from '../framework';
import { accessProblem } from '../process/known-problems';

const ROLE = 'api-gateway-logs';
const POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';
const policyArn = (partition: string) => `arn:${partition}:iam::aws:policy/${POLICY}`;
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
});
const MORE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html';

type Config = ConstructorParameters<typeof APIGatewayClient>[0] & { readonly region: string };

export interface LoggingAccount {
  readonly config: Config;
  /** The embedded AWS's account is not shared, so a missing role may be created there. */
  readonly isLocal: boolean;
  readonly warn: (text: string) => void;
}

/**
 * Ensures that API Gateway can write access logs. It writes the logs of all APIs of an account and
 * region with one role, which belongs to the account: a stack that declared it would take it from
 * other stacks, and delete it with itself.
 * @throws HookError that says how to create the role, where a deployed account has none
 */
export async function requireLoggingRole({ config, isLocal, warn }: LoggingAccount): Promise<void> {
  const has = await hasLoggingRole(config).catch((error: Error) => {
    // Without access to AWS, nothing can be deployed at all.
    if (accessProblem(error)) throw error;
    warn(
      `Could not find out whether API Gateway has a role for writing logs (${error.message}). Without one, the deployment fails.`,
    );
    return true;
  });
  if (has) return;
  if (!isLocal) throw noLoggingRole(config.region);
  await makeLoggingRole(config);
}

async function hasLoggingRole(config: Config): Promise<boolean> {
  const client = new APIGatewayClient(config);
  try {
    const { cloudwatchRoleArn } = await client.send(new GetAccountCommand({}));
    return Boolean(cloudwatchRoleArn);
  } finally {
    client.destroy();
  }
}

async function makeLoggingRole(config: Config): Promise<void> {
  const iam = new IAMClient(config);
  const client = new APIGatewayClient(config);
  try {
    const role = await roleOf(iam);
    const PolicyArn = policyArn(partitionOf(config.region));
    await iam.send(new AttachRolePolicyCommand({ RoleName: ROLE, PolicyArn }));
    const value = role?.Arn;
    await client.send(
      new UpdateAccountCommand({
        patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }],
      }),
    );
  } finally {
    iam.destroy();
    client.destroy();
  }
}

/** Makes the role, unless a deployment before that was cut off has. */
async function roleOf(iam: IAMClient): Promise<Role | undefined> {
  try {
    const command = new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: TRUST });
    return (await iam.send(command)).Role;
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
    return (await iam.send(new GetRoleCommand({ RoleName: ROLE }))).Role;
  }
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function noLoggingRole(region: string): HookError {
  return new HookError(
    'NO_LOGGING_ROLE',
    [
      `API Gateway has no role for writing access logs in ${region}. The role is a setting of the whole account, so this deployment does not create it. Someone with the permissions can set it once:`,
      '',
      `  aws iam create-role --role-name ${ROLE} --assume-role-policy-document '${TRUST}'`,
      `  aws iam attach-role-policy --role-name ${ROLE} --policy-arn ${policyArn(partitionOf(region))}`,
      `  aws apigateway update-account --region ${region} --patch-operations op=replace,path=/cloudwatchRoleArn,value=$(aws iam get-role --role-name ${ROLE} --query Role.Arn --output text)`,
      '',
      `Or deploy without access logs: --param accessLogs=false. More: ${MORE}`,
    ].join('\n'),
  );
}
