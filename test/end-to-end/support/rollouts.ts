import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { withChangedFile } from './changed-file';
import { everything } from './owners-view';
import { openWorkbench, type Workbench } from './workbench';

/** Of stage `dev`. */
export const StackName = 'kinesis-rest-proxy-dev';

/** The end of a deploy that did not get as far as the live stage. */
export const AS_BEFORE = 'Stage dev serves what it did, and the stack is as it was before';

/** Stage `dev`, where deploys are verified before they are live, and all that they may touch. */
export interface Rollouts {
  readonly workbench: Workbench;
  readonly gateway: APIGatewayClient;
  /** The command line of a deploy of the stage, open to everybody, with more arguments. */
  deploying(...args: string[]): string[];
  /** Changes a file of the service while something is done. */
  changed<T>(file: string, change: (text: string) => string, act: () => Promise<T>): Promise<T>;
  /** The same with one more declared stream. */
  withStream<T>(act: () => Promise<T>): Promise<T>;
  /** The stack's resources, without deleted ones. */
  resources(): Promise<
    { readonly id: string; readonly type: string; readonly physicalId: string }[]
  >;
  /** Everything that a deploy may make, change or delete. */
  world(): Promise<World>;
  close(): Promise<void>;
}

export interface World {
  readonly api: Awaited<ReturnType<typeof everything>>;
  readonly template: { readonly Metadata: object };
  /** Logical and physical ids. */
  readonly resources: readonly string[];
  readonly roles: readonly (string | undefined)[] | undefined;
  readonly streams: readonly string[] | undefined;
}

/** Nothing is deployed yet. */
export async function openRollouts(): Promise<Rollouts> {
  const workbench = await openWorkbench();
  const gateway = new APIGatewayClient(workbench.sdk);
  const cloudFormation = new CloudFormationClient(workbench.sdk);
  const iam = new IAMClient(workbench.sdk);
  const kinesis = new KinesisClient(workbench.sdk);

  const changed: Rollouts['changed'] = (file, change, act) =>
    withChangedFile(workbench.folder, file, change, act);

  const resources = async () => {
    const all: StackResourceSummary[] = [];
    const pages = paginateListStackResources({ client: cloudFormation }, { StackName });
    for await (const { StackResourceSummaries: some = [] } of pages) all.push(...some);
    return all
      .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
      .map(({ LogicalResourceId: id = '', ResourceType: type = '', PhysicalResourceId }) => ({
        id,
        type,
        physicalId: PhysicalResourceId ?? '',
      }));
  };

  return {
    workbench,
    gateway,
    deploying: (...args) => [
      ...['deploy', '--stage', 'dev', '--param', 'authorization=NONE'],
      ...['--param', 'accessLogs=false', '--param', 'endpointThrottles=false'],
      ...['--param', 'manageStreams=anyone', '--param'],
      `invokeUrl=${workbench.endpoint}/_aws/execute-api/\${RestApi}/\${Stage}`,
      ...args,
    ],
    changed,
    withStream: (act) =>
      changed('streams.ts', (text) => text.replace('declare({})', 'declare({ clicks: {} })'), act),
    resources,
    async world() {
      const { RestApiId: restApiId = '' } = await workbench.outputs('dev');
      const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
      const { Roles } = await iam.send(new ListRolesCommand({}));
      return {
        api: await everything(gateway, restApiId, 'dev'),
        template: JSON.parse(TemplateBody ?? ''),
        resources: (await resources()).map(({ id, physicalId }) => `${id} ${physicalId}`).sort(),
        roles: Roles?.map(({ RoleName }) => RoleName).sort(),
        streams: (await kinesis.send(new ListStreamsCommand({}))).StreamNames,
      };
    },
    async close() {
      for (const client of [gateway, cloudFormation, iam, kinesis]) client.destroy();
      await workbench.close();
    },
  };
}
