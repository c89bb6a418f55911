import {
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { logicalIds } from '../../../resources/logical-ids';
import type { DeployedStack } from '../target';
import { compare, type Difference } from './compare';
import type { Declared } from './shapes';

interface RoleProperties {
  readonly AssumeRolePolicyDocument?: unknown;
  readonly PermissionsBoundary?: unknown;
  readonly Policies?: readonly { PolicyName: string; PolicyDocument: unknown }[];
}

/** What the role may do, and who may take it. */
export async function roleDrift(
  client: IAMClient,
  { physicalIds }: DeployedStack,
  declared: Declared,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const [id, properties] of declared.filter(([each]) => each === logicalIds.role)) {
    const RoleName = physicalIds[id] ?? id;
    const { Policies: policies = [], ...role } = properties as RoleProperties;
    found.push(...(await trustDrift(client, RoleName, role)));
    for (const { PolicyName, PolicyDocument } of policies) {
      const live = await client
        .send(new GetRolePolicyCommand({ RoleName, PolicyName }))
        .then(({ PolicyDocument: text }) => document(text))
        .catch((error: Error) => {
          if (error.name.startsWith('NoSuchEntity')) return undefined;
          throw error;
        });
      found.push(...compare(`Role policy ${PolicyName}`, PolicyDocument, live));
    }
    const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName }));
    const { AttachedPolicies = [] } = await client.send(
      new ListAttachedRolePoliciesCommand({ RoleName }),
    );
    const own = policies.map(({ PolicyName }) => PolicyName);
    const others = [
      ...PolicyNames.filter((name) => !own.includes(name)),
      ...AttachedPolicies.map(({ PolicyName = '' }) => PolicyName),
    ];
    found.push(...others.map((name) => ({ where: `Role policy ${name}`, what: 'was added' })));
  }
  return found;
}

async function trustDrift(
  client: IAMClient,
  RoleName: string,
  declared: RoleProperties,
): Promise<Difference[]> {
  const { Role: live } = await client.send(new GetRoleCommand({ RoleName }));
  return compare(
    'Role',
    { trust: declared.AssumeRolePolicyDocument, boundary: declared.PermissionsBoundary },
    {
      trust: document(live?.AssumeRolePolicyDocument),
      boundary: live?.PermissionsBoundary?.PermissionsBoundaryArn,
    },
  );
}

/** IAM answers with documents in percent-encoding. */
const document = (text = '{}'): unknown => JSON.parse(decodeURIComponent(text));
