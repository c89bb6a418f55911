import { stack } from '../../resources';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledResource, CompiledTemplate } from '../framework';

// The API may stand in a service that has more: functions, streams and APIs of its own. The hooks look
// at the API's resources and leave the others alone.

const DECLARED: ReadonlySet<string> = new Set([
  ...Object.keys(stack.Resources),
  // Declared where the stage has a canary, see resources/canary.ts.
  logicalIds.alarm('Canary'),
]);

/**
 * The framework's own resources: those of the canary's function, and the deployment bucket. A function
 * of the service may be called `canaryLambda`, so the canary's are named in full.
 */
const FRAMEWORKS =
  /^(Canary(Lambda(Function|EvConf|Version\w+|PermissionEventsRuleSchedule\d+)|EventsRuleSchedule\d+)|ServerlessDeploymentBucket(Policy)?)$/;

/** True if a template's resource belongs to the API: by its id, or as a part of the REST API. */
export function isOwn({ Resources, Metadata }: CompiledTemplate, id: string): boolean {
  if (DECLARED.has(id) || FRAMEWORKS.test(id)) return true;
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

/** The logical id of a template's Deployment; undefined where the API is a shared one. */
export function deploymentOf(template: CompiledTemplate): string | undefined {
  const found = ownResources(template).find(
    ([id, { Type }]) =>
      Type === 'AWS::ApiGateway::Deployment' && id.startsWith(logicalIds.deployment),
  );
  return found?.[0];
}

/** The id of the REST API that the routes are under, where it is not the stack's (`restApiId`). */
function existingApiOf(metadata: unknown): unknown {
  const { KinesisRestProxy: known } = (metadata ?? {}) as {
    readonly KinesisRestProxy?: { readonly parameters?: { readonly restApiId?: unknown } };
  };
  return known?.parameters?.restApiId;
}
