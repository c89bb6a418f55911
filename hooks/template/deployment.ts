import { createHash } from 'node:crypto';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledTemplate } from '../framework';
import { ownResources, rightsOf } from '../stage/own';
import { mapReferences } from './references';

/**
 * API Gateway copies what these types declare into a deployment; a change of theirs needs a new
 * one.
 */
export const DEPLOYED_TYPES =
  /^AWS::ApiGateway::(RestApi|Resource|Method|Model|RequestValidator|GatewayResponse|Authorizer)$/;

/**
 * Properties of a RestApi that every stage gets without a new deployment, or as soon as any stage
 * changes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
export const AT_ONCE = [
  'Name',
  'Description',
  'EndpointConfiguration',
  'DisableExecuteApiEndpoint',
] as const;

/**
 * The template with the methods' roles, the permissions of authorizers and the Deployment, and every
 * reference to them, renamed after a hash of their content: an unchanged deploy makes no new one, and a
 * changed role does not touch the one that the live stage works with.
 */
export function addressByContent(template: CompiledTemplate): CompiledTemplate {
  const named = rightsOf(template).reduce(
    (whole, id) => rename(whole, id, `${id}${hashOf(whole.Resources[id])}`),
    template,
  );
  if (named.Resources[logicalIds.deployment] === undefined) return named;
  const id = `${logicalIds.deployment}${contentOf(named)}`;
  return rename(named, logicalIds.deployment, id);
}

/** A hash of the template's parts that a deployment contains: ten hexadecimal digits. */
export function contentOf(template: CompiledTemplate): string {
  const deployed = ownResources(template)
    .filter(([, { Type }]) => DEPLOYED_TYPES.test(Type))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return hashOf(deployed);
}

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 10);

/** The template with a resource, and every reference to it, under another logical id. */
export function rename(template: CompiledTemplate, from: string, to: string): CompiledTemplate {
  if (from === to) return template;
  const renamed = (id: string) => (id === from ? to : id);
  const resources = Object.entries(template.Resources).map(([id, declared]) => [
    renamed(id),
    mapReferences(declared, renamed),
  ]);
  return {
    ...template,
    Resources: Object.fromEntries(resources),
    ...(template.Outputs && {
      Outputs: mapReferences(template.Outputs, renamed) as Record<string, unknown>,
    }),
  };
}
