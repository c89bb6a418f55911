import {
  type APIGatewayClient,
  GetDomainNamesCommand,
  GetStageCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  ListDashboardsCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  type Role as IamRole,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { endpointOf } from '../../../resources/endpoints';
import type { ParameterName } from '../../../resources/parameters';
import type { Workbench } from './workbench';

/** A living stage, and what looks at it. */
export interface World {
  readonly workbench: Workbench;
  readonly client: APIGatewayClient;
  readonly restApiId: string;
  /** The API's own URL, whatever parameter invokeUrl is. */
  readonly url: string;
  readonly webAclArn: string;
  readonly kafkaUrl: string;
}

/** The visible effect of setting a parameter on a stage, and of unsetting it again. */
export interface Looked {
  /** Parameters of a group are set at once. */
  readonly group: 'together' | 'settings' | 'private' | 'key';
  value(world: World): string;
  look(world: World): Promise<unknown>;
  readonly given: (world: World) => unknown;
  readonly takenBack: unknown;
}

export type Row =
  | Looked
  /** Has no effect without another parameter, with which it is set and unset. */
  | { readonly with: ParameterName; readonly value: string }
  /** Rejected on a deployed stage, or without effect on stage `local`. */
  | { readonly group: 'elsewhere' };

const elsewhere = { group: 'elsewhere' } as const;
/** Refused by the gateway, which has no such method, and not by IAM. */
export const NO_METHOD = 'MISSING_AUTHENTICATION_TOKEN';
export const codeOf = async (url: string, init?: RequestInit) =>
  ((await (await fetch(url, init)).json()) as { code?: string }).code;
const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;
const stageOf = ({ client, restApiId }: World) =>
  client.send(new GetStageCommand({ restApiId, stageName: 'local' }));

const DOMAIN = 'api.example.com';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';
const BOUNDARY = 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';

/** Every parameter has a row: one without does not compile. */
export const walk: Readonly<Record<ParameterName, Row>> = {
  canary: {
    group: 'together',
    value: () => 'rate(5 minutes)',
    async look({ workbench: { sdk } }) {
      const lambda = new LambdaClient(sdk);
      const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
      lambda.destroy();
      return Functions.length;
    },
    given: () => 1,
    takenBack: 0,
  },
  dashboard: {
    group: 'settings',
    value: () => 'false',
    async look({ workbench: { sdk } }) {
      const cloudWatch = new CloudWatchClient(sdk);
      const { DashboardEntries = [] } = await cloudWatch.send(new ListDashboardsCommand({}));
      cloudWatch.destroy();
      return DashboardEntries.map(({ DashboardName }) => DashboardName);
    },
    given: () => [],
    takenBack: ['kinesis-rest-proxy-local-us-east-1'],
  },
  kafkaRestUrl: {
    group: 'together',
    value: ({ kafkaUrl }) => kafkaUrl,
    look: ({ url }) => statusOf(`${url}/topics`),
    given: () => 200,
    takenBack: 403,
  },
  // Taken back before corsOrigins, without which there are no preflights to say it.
  corsAllowHeaders: {
    group: 'together',
    value: () => 'Content-Type,X-Tenant',
    async look({ url }) {
      const headers = { origin: 'https://a.example', 'access-control-request-method': 'GET' };
      const preflight = await fetch(`${url}/streams`, { method: 'OPTIONS', headers });
      return preflight.headers.get('access-control-allow-headers')?.includes('X-Tenant') ?? false;
    },
    given: () => true,
    takenBack: false,
  },
  corsOrigins: {
    group: 'together',
    value: () => 'https://a.example,https://b.example',
    async look(world) {
      const headers = { origin: 'https://a.example', 'access-control-request-method': 'GET' };
      const preflight = await fetch(`${world.url}/streams`, { method: 'OPTIONS', headers });
      const answer = await fetch(`${world.url}/streams`, { headers });
      return [
        preflight.status,
        answer.headers.get('access-control-allow-origin'),
        (await stageOf(world)).variables ?? {},
      ];
    },
    given: () => [204, 'https://a.example', { corsOrigins: 'https://a.example,https://b.example' }],
    takenBack: [403, null, {}],
  },
  manageStreams: {
    group: 'settings',
    value: () => 'false',
    look: async ({ url }) => [
      await codeOf(`${url}/streams/orders-walk`, { method: 'POST' }),
      await codeOf(`${url}/streams/orders-walk`, { method: 'DELETE' }),
    ],
    given: () => [NO_METHOD, NO_METHOD],
    takenBack: [undefined, undefined],
  },
  kmsKeyArns: {
    group: 'together',
    value: () => KEY,
    async look({ workbench: { sdk } }) {
      const iam = new IAMClient(sdk);
      const { Roles = [] } = await iam.send(new ListRolesCommand({}));
      const RoleName = Roles.find(({ RoleName }) => RoleName?.includes('-KinesisRole'))?.RoleName;
      const { PolicyDocument = '' } = await iam.send(
        new GetRolePolicyCommand({ RoleName, PolicyName: 'kinesis' }),
      );
      iam.destroy();
      return decodeURIComponent(PolicyDocument).includes(KEY);
    },
    given: () => true,
    takenBack: false,
  },
  streams: {
    group: 'together',
    value: () => 'orders-*',
    look: ({ url }) => statusOf(`${url}/streams/customers`),
    given: () => 403,
    takenBack: 404,
  },
  throttleRate: {
    group: 'settings',
    value: () => '700',
    look: async (world) => (await stageOf(world)).methodSettings?.['*/*']?.throttlingRateLimit,
    given: () => 700,
    takenBack: 1000,
  },
  throttleBurst: {
    group: 'settings',
    value: () => '900',
    look: async (world) => (await stageOf(world)).methodSettings?.['*/*']?.throttlingBurstLimit,
    given: () => 900,
    takenBack: 2000,
  },
  endpointThrottles: {
    group: 'settings',
    value: () => 'true',
    look: async (world) => {
      const { methodSettings = {} } = await stageOf(world);
      return methodSettings['streams/GET']?.throttlingRateLimit;
    },
    given: () => endpointOf('ListStreams').throttle?.rate,
    takenBack: undefined,
  },
  webAclArn: {
    group: 'together',
    value: ({ webAclArn }) => webAclArn,
    look: async (world) => (await stageOf(world)).webAclArn,
    given: ({ webAclArn }) => webAclArn,
    takenBack: undefined,
  },
  domainName: {
    group: 'together',
    value: () => DOMAIN,
    async look({ client }) {
      const { items = [] } = await client.send(new GetDomainNamesCommand({}));
      return items.map(({ domainName }) => domainName);
    },
    given: () => [DOMAIN],
    takenBack: [],
  },
  certificateArn: {
    with: 'domainName',
    value: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d',
  },
  tracing: {
    group: 'settings',
    value: () => 'true',
    look: async (world) => (await stageOf(world)).tracingEnabled,
    given: () => true,
    takenBack: false,
  },
  logRetentionDays: {
    group: 'settings',
    value: () => '3',
    look: async (world) => (await accessLogs(world)).map(({ retentionInDays }) => retentionInDays),
    given: () => [3],
    takenBack: [30],
  },
  alarmTopicArn: {
    group: 'settings',
    value: () => TOPIC,
    async look({ workbench: { sdk } }) {
      const client = new CloudWatchClient(sdk);
      const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
      client.destroy();
      return [...new Set(MetricAlarms.flatMap(({ AlarmActions = [] }) => AlarmActions))];
    },
    given: () => [TOPIC],
    takenBack: [],
  },
  // test/end-to-end/rollout.test.ts
  shadow: elsewhere,
  protected: {
    group: 'settings',
    value: () => 'true',
    async look({ workbench: { sdk } }) {
      const client = new CloudFormationClient(sdk);
      const { TemplateBody = '{}' } = await client.send(
        new GetTemplateCommand({ StackName: 'kinesis-rest-proxy-local' }),
      );
      client.destroy();
      return JSON.parse(TemplateBody).Metadata.KinesisRestProxy.parameters.protected;
    },
    given: () => 'true',
    takenBack: 'false',
  },
  permissionsBoundaryArn: {
    group: 'together',
    value: () => BOUNDARY,
    look: async (world) => (await roleOf(world)).PermissionsBoundary?.PermissionsBoundaryArn,
    given: () => BOUNDARY,
    takenBack: undefined,
  },
  rolePath: {
    group: 'together',
    value: () => '/doors/',
    look: async (world) => (await roleOf(world)).Path,
    given: () => '/doors/',
    takenBack: '/',
  },
  invokeUrl: {
    group: 'settings',
    value: () => 'https://front.example.com',
    look: async ({ workbench, url }) => (await workbench.outputs()).InvokeUrl === url,
    given: () => false,
    takenBack: true,
  },
  accessLogs: {
    group: 'private',
    value: () => 'false',
    look: async (world) => [
      (await stageOf(world)).accessLogSettings === undefined,
      (await accessLogs(world)).length,
    ],
    given: () => [true, 0],
    takenBack: [false, 1],
  },
  vpcEndpoints: {
    group: 'private',
    value: () => 'vpce-0123456789abcdef0',
    look: ({ url }) => statusOf(`${url}/streams`),
    given: () => 403,
    takenBack: 200,
  },
  authorization: {
    group: 'key',
    value: () => 'API_KEY',
    look: ({ url }) => statusOf(`${url}/streams`),
    given: () => 403,
    takenBack: 200,
  },
  quotaPerDay: {
    group: 'key',
    value: () => '5',
    async look({ client }) {
      const { items = [] } = await client.send(new GetUsagePlansCommand({}));
      return items.map(({ quota }) => quota?.limit);
    },
    given: () => [5],
    takenBack: [],
  },
  // test/end-to-end/who-may-call.test.ts
  readAuthorization: elsewhere,
  userPoolArns: elsewhere,
  writeScopes: elsewhere,
  readScopes: elsewhere,
  authorizerFunction: elsewhere,
  authorizerType: elsewhere,
  identitySource: elsewhere,
  identityValidation: elsewhere,
  authorizerTtlSeconds: elsewhere,
  authorizerRoleArn: elsewhere,
  authorizerId: elsewhere,
  accountId: elsewhere,
  region: elsewhere,
  restApiId: elsewhere,
  rootResourceId: elsewhere,
  rootPath: elsewhere,
  restApiStage: elsewhere,
};

async function roleOf({ workbench: { sdk } }: World) {
  const client = new IAMClient(sdk);
  const { Roles = [] } = await client.send(new ListRolesCommand({}));
  const RoleName = Roles.find(({ RoleName: name = '' }) => name.includes('KinesisRole'))?.RoleName;
  const { Role = {} as Partial<IamRole> } = await client.send(new GetRoleCommand({ RoleName }));
  client.destroy();
  return Role;
}

async function accessLogs({ workbench: { sdk } }: World) {
  const client = new CloudWatchLogsClient(sdk);
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
  client.destroy();
  return logGroups.filter(({ logGroupName = '' }) => !logGroupName.includes('/lambda/'));
}
