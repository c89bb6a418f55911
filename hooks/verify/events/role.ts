import {
  GetRolePolicyCommand,
  type IAMClient,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import type { EventRoute } from '../../../resources/events/routes';
import { logicalIds } from '../../../resources/logical-ids';
import { type DeployedStack, type Target, withoutStack } from '../../stage/target';
import { type Check, CheckFailure } from '../check';
import { ofStage } from '../checks/define';
import { namesOutside } from '../outside-names';
import { decision, type PolicyDocument } from '../policy';

const WRITING = ['PutRecord', 'PutRecords'] as const;

/** No endpoint needs these: actions that read, delete and hand on. */
const NEVER = ['GetRecords', 'DeleteStream', 'PutResourcePolicy'] as const;

/**
 * The rights of the event endpoints: each role that they act as may write to the streams of its
 * endpoints, and do nothing else. No request can show that, for clients do not choose the stream; so
 * the policies are read as IAM has them. What is attached from elsewhere, and a boundary, is left to
 * the check of the stack's resources.
 */
export const roleCheck = (routes: readonly EventRoute[]): Check =>
  ofStage({
    title: 'The role of the event endpoints may write to their streams, and nothing else',
    skipReason: withoutStack,
    async run({ iam, target, stream }) {
      const { stack } = target;
      if (stack === undefined) return {};
      for (const [id, own] of byRole(routes, stack)) {
        const RoleName = stack.physicalIds[id];
        if (RoleName === undefined) continue;
        const policies = await policiesOf(iam, RoleName);
        const problems = [
          ...missingRights(own, policies, target, stack),
          ...needlessRights(own, policies, target, stack, stream),
        ];
        const [first, ...others] = problems;
        if (first === undefined) continue;
        const more = others.length > 0 ? `, and ${others.length} more` : '';
        throw new CheckFailure(`role ${id} ${first}${more}`);
      }
      return {};
    },
  });

/** The routes by the logical id of the role that they act as. Roles of other stacks are left out. */
function byRole(routes: readonly EventRoute[], { template, resources }: DeployedStack) {
  const found = new Map<string, EventRoute[]>();
  for (const route of routes) {
    const id = logicalIds.eventMethod(route.path);
    const method = template.Resources[id] ?? resources?.[id];
    const { Integration } = (method?.Properties ?? {}) as {
      readonly Integration?: { readonly Credentials?: { 'Fn::GetAtt'?: readonly string[] } };
    };
    const [role] = Integration?.Credentials?.['Fn::GetAtt'] ?? [];
    if (role !== undefined) found.set(role, [...(found.get(role) ?? []), route]);
  }
  return found;
}

async function policiesOf(client: IAMClient, RoleName: string): Promise<PolicyDocument[]> {
  const found: PolicyDocument[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName })) {
    for (const PolicyName of PolicyNames) {
      const asked = new GetRolePolicyCommand({ RoleName, PolicyName });
      const { PolicyDocument: text = '{}' } = await client.send(asked);
      // IAM answers with documents in percent-encoding.
      found.push(JSON.parse(decodeURIComponent(text)));
    }
  }
  return found;
}

const streamArn = (name: string, { region }: Target, { partition, accountId }: DeployedStack) =>
  `arn:${partition}:kinesis:${region}:${accountId}:stream/${name}`;

function missingRights(
  routes: readonly EventRoute[],
  policies: readonly PolicyDocument[],
  target: Target,
  stack: DeployedStack,
): string[] {
  return routes.flatMap(({ method, path, action, stream }) => {
    const { streamName, kmsKeyArn } = stream;
    const needed = [
      [`kinesis:${action}`, streamArn(streamName, target, stack), `the stream ${streamName}`],
      ...(kmsKeyArn === undefined
        ? []
        : [['kms:GenerateDataKey', kmsKeyArn, `the key ${kmsKeyArn}`]]),
    ] as const;
    return needed
      .filter(([right = '', arn = '']) => decision(policies, right, arn) === 'denied')
      .map(([right, , what]) => `lacks ${right} on ${what}, which ${method} ${path} needs`);
  });
}

function needlessRights(
  routes: readonly EventRoute[],
  policies: readonly PolicyDocument[],
  target: Target,
  stack: DeployedStack,
  unique: string,
): string[] {
  const isNeeded = (action: string, name: string) =>
    routes.some((route) => route.action === action && route.stream.streamName === name);
  const declared = [...new Set(target.streams.map(({ streamName }) => streamName))];
  const outside = routes.flatMap(({ stream }) => namesOutside(stream.streamName, unique, target));
  const rights = [...declared, ...new Set(outside)].flatMap((name) =>
    [...WRITING, ...NEVER].map((action) => [action, name] as const),
  );
  return rights
    .filter(([action, name]) => !isNeeded(action, name))
    .filter(
      ([action, name]) =>
        decision(policies, `kinesis:${action}`, streamArn(name, target, stack)) === 'allowed',
    )
    .map(([action, name]) => `may ${action} on the stream ${name}, which no endpoint of it needs`);
}
