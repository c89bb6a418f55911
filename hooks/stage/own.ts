import { stackOf } from '../../resources';
import { logicalIds } from '../../resources/logical-ids';
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

/** The role of the endpoints, with or without the hash of its content. */
const ROLE = new RegExp(`^${logicalIds.role}([0-9a-f]{10})?$`);

/** True if a template's resource belongs to the API: by its id, or as a part of the REST API. */
export function isOwn({ Resources, Metadata }: CompiledTemplate, id: string): boolean {
  if (
    DECLARED.has(id) ||
    declaredWithStreams(Metadata).has(id) ||
    FRAMEWORKS.test(id) ||
    ROLE.test(id)
  )
    return true;
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
  return named ?? Object.keys(Resources).find((id) => ROLE.test(id));
}

/** Ids of declared streams and what belongs to them, by the Metadata of a template that has them. */
const withStreams = new WeakMap<object, ReadonlySet<string>>();

function declaredWithStreams(metadata: unknown): ReadonlySet<string> {
  const { KinesisRestProxy: known } = (metadata ?? {}) as {
    readonly KinesisRestProxy?: { readonly streams?: readonly DeclaredStream[] };
  };
  if (known?.streams === undefined) return new Set();
  const ids = withStreams.get(known) ?? new Set(Object.keys(stackOf(known.streams).Resources));
  withStreams.set(known, ids);
  return ids;
}

/** The id of the REST API that the routes are under, where it is not the stack's (`restApiId`). */
function existingApiOf(metadata: unknown): unknown {
  const { KinesisRestProxy: known } = (metadata ?? {}) as {
    readonly KinesisRestProxy?: { readonly parameters?: { readonly restApiId?: unknown } };
  };
  return known?.parameters?.restApiId;
}
