import {
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type Role,
} from '@aws-sdk/client-iam';
import { roleOf } from '../stage/own';
import { compare, type Difference } from './compare';
import { compareSets, type Look, missing, orMissing, physicalIdOf, type Site } from './look';

interface RoleProperties {
  readonly AssumeRolePolicyDocument?: unknown;
  readonly Path?: string;
  readonly PermissionsBoundary?: unknown;
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies?: readonly { PolicyName: string; PolicyDocument: unknown }[];
}

/** The permissions of each role, and who may assume it. */
export const lookAtRoles: Look = async (site, declared) => {
  const found: Difference[] = [];
  for (const [id, properties] of declared) {
    // The role of the endpoints is reported as just `Role`.
    const where = id === roleOf(site.stack.template) ? 'Role' : `Role ${id}`;
    const RoleName = physicalIdOf(site, id);
    const live = await orMissing(site.iam.send(new GetRoleCommand({ RoleName })));
    if (live === undefined) {
      found.push(missing(where));
      continue;
    }
    found.push(
      ...trustDrift(where, properties, live.Role),
      ...(await policyDrift(site, where, RoleName, properties)),
    );
  }
  return found;
};

function trustDrift(where: string, declared: RoleProperties, live: Role | undefined) {
  return compare(
    where,
    {
      path: declared.Path ?? '/',
      trust: declared.AssumeRolePolicyDocument,
      boundary: declared.PermissionsBoundary,
    },
    {
      path: live?.Path,
      trust: document(live?.AssumeRolePolicyDocument),
      boundary: live?.PermissionsBoundary?.PermissionsBoundaryArn,
    },
  );
}

async function policyDrift(
  { iam: client }: Site,
  where: string,
  RoleName: string,
  { Policies: policies = [], ManagedPolicyArns: managed = [] }: RoleProperties,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const { PolicyName, PolicyDocument } of policies) {
    const live = await orMissing(client.send(new GetRolePolicyCommand({ RoleName, PolicyName })));
    const given = live && document(live.PolicyDocument);
    found.push(...compare(`${where} policy ${PolicyName}`, PolicyDocument, given));
  }
  const own = new Set(policies.map(({ PolicyName }) => PolicyName));
  const others: string[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client }, { RoleName })) {
    others.push(...PolicyNames.filter((name) => !own.has(name)));
  }
  const attached = new Map<string, string>();
  const pages = paginateListAttachedRolePolicies({ client }, { RoleName });
  for await (const { AttachedPolicies = [] } of pages) {
    for (const { PolicyArn = '', PolicyName = '' } of AttachedPolicies) {
      attached.set(PolicyArn, PolicyName);
    }
  }
  const nameOf = (arn: string) => attached.get(arn) ?? arn;
  return [
    ...found,
    ...compareSets(`${where} policy`, [], others),
    ...compareSets(`${where} policy`, managed.map(nameOf), [...attached.keys()].map(nameOf)),
  ];
}

/** IAM answers with documents in percent-encoding. */
const document = (text = '{}'): unknown => JSON.parse(decodeURIComponent(text));
