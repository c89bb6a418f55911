import { stackOf } from '../../resources';
import { logicalIds } from '../../resources/logical-ids';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import type { CompiledResource, CompiledTemplate } from '../framework';

// The API may stand in a service that has more: functions, streams and APIs of its own. The hooks look
// at the API's resources and leave the others alone.

const DECLARED: ReadonlySet<string> = new Set([
  ...Object.keys(stackOf([]).Resources),
  // Declared where the stage has a canary, see resources/canary.ts.
  logicalIds.alarm('Canary'),
]);

/**
 * The framework's own resources: those of the canary's function, and the deployment bucket. A function
 * of the service may be called `canaryLambda`, so the canary's are named in full.
 */
const FRAMEWORKS =
  /^(Canary(Lambda(Function|EvConf|Version\w+|PermissionEventsRuleSchedule\d+)|EventsRuleSchedule\d+)|ServerlessDeploymentBucket(Policy)?)$/;

/** The hash of its content, which packaging appends to the id of a role or a permission. */
const HASH = /(?<=Role|Permission)[0-9a-f]{10}$/;

/** The logical id that a resource has in resources/, before packaging. */
export const declaredId = (id: string): string => id.replace(HASH, '');

/** True if a template's resource belongs to the API: by its id, or as a part of the REST API. */
export function isOwn({ Resources, Metadata }: CompiledTemplate, id: string): boolean {
  const declared = declaredId(id);
  if (DECLARED.has(declared) || declaredFurther(Metadata).has(declared)) return true;
  if (FRAMEWORKS.test(id)) return true;
  const { Type = '', Properties } = Resources[id] ?? {};
  if (!Type.startsWith('AWS::ApiGateway::')) return false;
  // A deployment whose id has a hash, a route of an earlier version, a route that a user has added.
  const { RestApiId: api } = (Properties ?? {}) as { readonly RestApiId?: unknown };
  const { Ref: reference } = (api ?? {}) as { readonly Ref?: unknown };
  return reference === logicalIds.restApi || (Boolean(api) && api === existingApiOf(Metadata));
}

/** The resources of a template that belong to the API, by logical id. */
export function ownResources(template: CompiledTemplate): [string, CompiledResource][] {
  return Object.entries(template.Resources).filter(([id]) => isOwn(template, id));
}

/**
 * The logical id of the Deployment that a template's stage serves; undefined where the API is a
 * shared one.
 */
export function deploymentOf(template: CompiledTemplate): string | undefined {
  const { DeploymentId: served } = (template.Resources[logicalIds.stage]?.Properties ?? {}) as {
    readonly DeploymentId?: { readonly Ref?: string };
  };
  if (served?.Ref !== undefined) return served.Ref;
  const found = ownResources(template).find(
    ([id, { Type }]) =>
      Type === 'AWS::ApiGateway::Deployment' && id.startsWith(logicalIds.deployment),
  );
  return found?.[0];
}

/** The logical id of the role that a template's endpoints work with, which its outputs name. */
export function roleOf({ Resources, Outputs }: CompiledTemplate): string | undefined {
  const { Value: arn } = (Outputs?.RoleArn ?? {}) as {
    readonly Value?: { readonly 'Fn::GetAtt'?: readonly string[] };
  };
  const named = arn?.['Fn::GetAtt']?.[0];
  return named ?? Object.keys(Resources).find((id) => declaredId(id) === logicalIds.role);
}

/** The logical ids of all roles that the API's methods take to call Kinesis. */
export function rolesOf(template: CompiledTemplate): string[] {
  const taken = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::ApiGateway::Method' ? [credentialsOf(Properties)] : [],
  );
  return [...new Set([roleOf(template), ...taken])].filter(
    (id): id is string =>
      id !== undefined && template.Resources[id]?.Type === 'AWS::IAM::Role' && isOwn(template, id),
  );
}

/**
 * The logical ids of what lets API Gateway call others: the roles with which it calls Kinesis, and the
 * permissions on the functions that authorizers ask.
 */
export function rightsOf(template: CompiledTemplate): string[] {
  const permissions = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    const { Principal: principal } = (Properties ?? {}) as { readonly Principal?: unknown };
    const isAuthorizers = Type === 'AWS::Lambda::Permission' && principal === API_GATEWAY;
    return isAuthorizers && isOwn(template, id) ? [id] : [];
  });
  return [...rolesOf(template), ...permissions];
}

const API_GATEWAY = 'apigateway.amazonaws.com';

function credentialsOf(method: unknown): string | undefined {
  const { Integration: integration } = (method ?? {}) as {
    readonly Integration?: {
      readonly Credentials?: { readonly 'Fn::GetAtt'?: readonly string[] };
    };
  };
  return integration?.Credentials?.['Fn::GetAtt']?.[0];
}

/**
 * Ids of declared streams and producers and what belongs to them, by the Metadata of a template that
 * has them.
 */
const further = new WeakMap<object, ReadonlySet<string>>();

function declaredFurther(metadata: unknown): ReadonlySet<string> {
  const { KinesisRestProxy: known } = (metadata ?? {}) as {
    readonly KinesisRestProxy?: {
      readonly streams?: readonly DeclaredStream[];
      readonly producers?: readonly DeclaredProducer[];
    };
  };
  const { streams, producers } = known ?? {};
  if (known === undefined || (streams ?? producers) === undefined) return new Set();
  const ids =
    further.get(known) ?? new Set(Object.keys(stackOf(streams ?? [], producers).Resources));
  further.set(known, ids);
  return ids;
}

/** The id of the REST API that the routes are under, where it is not the stack's (`restApiId`). */
function existingApiOf(metadata: unknown): unknown {
  const { KinesisRestProxy: known } = (metadata ?? {}) as {
    readonly KinesisRestProxy?: { readonly parameters?: { readonly restApiId?: unknown } };
  };
  return known?.parameters?.restApiId;
}
