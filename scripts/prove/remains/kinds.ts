import {
  DeleteApiKeyCommand,
  DeleteRestApiCommand,
  DeleteUsagePlanCommand,
  paginateGetApiKeys,
  paginateGetRestApis,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import {
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import { DeleteLogGroupCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { paginateListPolicies, paginateListRoles } from '@aws-sdk/client-iam';
import { DeleteStreamCommand, paginateListStreams } from '@aws-sdk/client-kinesis';
import { paginateListFunctions } from '@aws-sdk/client-lambda';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { namePrefix } from '../../../test/contract/world';
import { probesStacks } from '../probes-stack';
import type { Run } from '../run';
import { stackStatus } from '../stack-state';
import { contractRun } from '../steps/contract';

type Place = Pick<Run, 'clients' | 'owned' | 'stage' | 'stackName'>;

/** A resource that is there still. */
export interface Remnant {
  readonly name: string;
  /** Absent where only the stack may delete it. */
  readonly remove?: () => Promise<unknown>;
}

/** Looks for one kind of what a run makes; in the account, because that reaches what a stack has lost. */
export interface Kind {
  readonly kind: string;
  find(place: Place): Promise<Remnant[]>;
}

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/** The run's own: by the stack's name, or because the stack has had it. */
const isOf = ({ owned, stackName }: Place, name: string | undefined): boolean =>
  name !== undefined && (name === stackName || name.startsWith(`${stackName}-`) || owned.has(name));

/** API Gateway makes these itself, and leaves them; their stage is named after the run. */
const isExecutionLogOf = ({ stage }: Place, name: string): boolean =>
  name.startsWith('API-Gateway-Execution-Logs_') && name.endsWith(`/${stage}`);

async function stacksOf({ clients }: Place, names: readonly string[]): Promise<Remnant[]> {
  const statuses = await Promise.all(
    names.map((name) => stackStatus(clients.cloudFormation, name)),
  );
  return names.flatMap((name, index) =>
    statuses[index] === undefined ? [] : [{ name: `${name} (${statuses[index]})` }],
  );
}

export const KINDS: readonly Kind[] = [
  {
    kind: 'stack',
    find: (place) => stacksOf(place, [place.stackName]),
  },
  {
    kind: "probes' stack",
    find: (place) => stacksOf(place, probesStacks(place)),
  },
  {
    kind: 'REST API',
    async find(place) {
      const client = place.clients.apiGateway;
      const items = await collect(paginateGetRestApis({ client }, {}), ({ items }) => items);
      return items
        .filter(({ name, id }) => isOf(place, name) || place.owned.has(id))
        .map(({ name, id: restApiId }) => ({
          name: `${name} (${restApiId})`,
          remove: () => client.send(new DeleteRestApiCommand({ restApiId })),
        }));
    },
  },
  {
    kind: 'usage plan',
    async find(place) {
      const client = place.clients.apiGateway;
      const items = await collect(paginateGetUsagePlans({ client }, {}), ({ items }) => items);
      return items
        .filter(({ name }) => isOf(place, name))
        .map(({ name = '', id: usagePlanId }) => ({
          name,
          remove: () => client.send(new DeleteUsagePlanCommand({ usagePlanId })),
        }));
    },
  },
  {
    kind: 'API key',
    async find(place) {
      const client = place.clients.apiGateway;
      const keys = await collect(paginateGetApiKeys({ client }, {}), ({ items }) => items);
      const own = `The key to ${place.stackName}`;
      return keys
        .filter(({ name, description }) => isOf(place, name) || description === own)
        .map(({ name = '', id: apiKey }) => ({
          name: name || String(apiKey),
          remove: () => client.send(new DeleteApiKeyCommand({ apiKey })),
        }));
    },
  },
  {
    kind: 'role',
    async find(place) {
      const pages = paginateListRoles({ client: place.clients.iam }, {});
      const roles = await collect(pages, ({ Roles }) => Roles);
      return roles
        .filter(({ RoleName }) => isOf(place, RoleName))
        .map(({ RoleName = '' }) => ({ name: RoleName }));
    },
  },
  {
    kind: 'managed policy',
    async find(place) {
      const pages = paginateListPolicies({ client: place.clients.iam }, { Scope: 'Local' });
      const policies = await collect(pages, ({ Policies }) => Policies);
      return policies
        .filter(({ PolicyName }) => isOf(place, PolicyName))
        .map(({ PolicyName = '' }) => ({ name: PolicyName }));
    },
  },
  {
    kind: 'stream',
    async find(place) {
      const client = place.clients.kinesis;
      const names = await collect(paginateListStreams({ client }, {}), (page) => page.StreamNames);
      const contract = namePrefix(contractRun(place));
      const verification = `verify-${place.stackName}-`;
      return names
        .filter(
          (name) => isOf(place, name) || name.startsWith(contract) || name.includes(verification),
        )
        .map((name) => ({
          name,
          remove: () =>
            client.send(
              new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }),
            ),
        }));
    },
  },
  {
    kind: 'log group',
    async find(place) {
      const client = place.clients.logs;
      const groups = await collect(
        paginateDescribeLogGroups({ client }, {}),
        (page) => page.logGroups,
      );
      return groups
        .filter(
          ({ logGroupName = '' }) =>
            [logGroupName, ...logGroupName.split('/')].some((part) => isOf(place, part)) ||
            isExecutionLogOf(place, logGroupName),
        )
        .map(({ logGroupName = '' }) => ({
          name: logGroupName,
          remove: () => client.send(new DeleteLogGroupCommand({ logGroupName })),
        }));
    },
  },
  {
    kind: 'alarm',
    async find(place) {
      const client = place.clients.cloudWatch;
      const alarms = await collect(
        paginateDescribeAlarms({ client }, {}),
        ({ MetricAlarms }) => MetricAlarms,
      );
      return alarms
        .filter(({ AlarmName }) => isOf(place, AlarmName))
        .map(({ AlarmName = '' }) => ({
          name: AlarmName,
          remove: () => client.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })),
        }));
    },
  },
  {
    kind: 'dashboard',
    async find(place) {
      const client = place.clients.cloudWatch;
      const pages = paginateListDashboards({ client }, { DashboardNamePrefix: place.stackName });
      const dashboards = await collect(pages, ({ DashboardEntries }) => DashboardEntries);
      return dashboards
        .filter(({ DashboardName }) => isOf(place, DashboardName))
        .map(({ DashboardName = '' }) => ({
          name: DashboardName,
          remove: () =>
            client.send(new DeleteDashboardsCommand({ DashboardNames: [DashboardName] })),
        }));
    },
  },
  {
    kind: 'function',
    async find(place) {
      const client = place.clients.lambda;
      const functions = await collect(
        paginateListFunctions({ client }, {}),
        ({ Functions }) => Functions,
      );
      return functions
        .filter(({ FunctionName }) => isOf(place, FunctionName))
        .map(({ FunctionName = '' }) => ({ name: FunctionName }));
    },
  },
  {
    kind: 'rule',
    async find(place) {
      const { Rules = [] } = await place.clients.events.send(
        new ListRulesCommand({ NamePrefix: `${place.stackName}-` }),
      );
      return Rules.map(({ Name = '' }) => ({ name: Name }));
    },
  },
  {
    kind: 'bucket',
    async find(place) {
      const client = place.clients.s3;
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      return Buckets.filter(({ Name }) => isOf(place, Name)).map(({ Name: Bucket = '' }) => ({
        name: Bucket,
        async remove() {
          for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
            const Objects = Contents.map(({ Key }) => ({ Key }));
            if (Objects.length > 0) {
              await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
            }
          }
          await client.send(new DeleteBucketCommand({ Bucket }));
        },
      }));
    },
  },
];
