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
import { accessProblem } from './errors/known';
import { forUser, HookError, type Options, type Serverless, type Utils } from './framework';

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

/**
 * API Gateway writes logs with one role for all APIs of an account and region. It is the account's and
 * not this stack's: a stack that declared it would take it from the others, and away at its removal.
 * So before a deployment it is only looked whether there is one.
 */
export default class LoggingRolePlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, _options: Options, { log }: Utils) {
    this.hooks = {
      'before:deploy:deploy': () =>
        forUser(serverless, async () => {
          const { accessLogs, restApiId } = serverless.service.custom?.parameters ?? {};
          if (String(accessLogs) !== 'true' || restApiId) return;
          const provider = serverless.getProvider('aws');
          const config = { ...(await provider.getAwsSdkV3Config()), region: provider.getRegion() };
          const has = await hasLoggingRole(config).catch((error: Error) => {
            // Then nothing can be deployed at all.
            if (accessProblem(error)) throw error;
            log.warning(
              `Whether API Gateway has a role to write logs with could not be found out (${error.message}). Without one the deployment will fail.`,
            );
            return true;
          });
          if (has) return;
          // The laptop's account is nobody's: what it lacks can be made.
          if (provider.getStage() !== 'local') throw noLoggingRole(config.region);
          await makeLoggingRole(config);
        }),
    };
  }
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
      `API Gateway has no role to write access logs with in ${region}. It is a setting of the whole account, so this deployment does not make it. Somebody who may can set it once:`,
      '',
      `  aws iam create-role --role-name ${ROLE} --assume-role-policy-document '${TRUST}'`,
      `  aws iam attach-role-policy --role-name ${ROLE} --policy-arn ${policyArn(partitionOf(region))}`,
      `  aws apigateway update-account --region ${region} --patch-operations op=replace,path=/cloudwatchRoleArn,value=$(aws iam get-role --role-name ${ROLE} --query Role.Arn --output text)`,
      '',
      `Or deploy without access logs: --param accessLogs=false. More: ${MORE}`,
    ].join('\n'),
  );
}
