import { createHash } from 'node:crypto';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledTemplate } from '../framework';
import { ownResources } from '../stage/own';

/**
 * API Gateway copies what these types declare into a deployment; a change of theirs needs a new
 * one.
 */
export const DEPLOYED_TYPES =
  /^AWS::ApiGateway::(RestApi|Resource|Method|Model|RequestValidator|GatewayResponse|Authorizer)$/;

/**
 * The template with the Deployment, and every reference to it, renamed after a hash of what it
 * deploys: an unchanged deploy makes no new one. A template without a Deployment is returned
 * unchanged.
 */
export function addressByContent(template: CompiledTemplate): CompiledTemplate {
  if (template.Resources[logicalIds.deployment] === undefined) return template;
  const id = `${logicalIds.deployment}${contentOf(template)}`;
  return rename(template, logicalIds.deployment, id);
}

/** A hash of the template's parts that a deployment contains: ten hexadecimal digits. */
export function contentOf(template: CompiledTemplate): string {
  const deployed = ownResources(template)
    .filter(([, { Type }]) => DEPLOYED_TYPES.test(Type))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(deployed)).digest('hex').slice(0, 10);
}

/** The template with a resource, and every reference to it, under another logical id. */
export function rename(template: CompiledTemplate, from: string, to: string): CompiledTemplate {
  const inValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const refers = (name === 'Ref' && item === from) || (name === 'DependsOn' && item === from);
        if (refers) return [name, to];
        if (name === 'DependsOn' && Array.isArray(item)) {
          return [name, item.map((id) => (id === from ? to : id))];
        }
        return [name, inValue(item)];
      }),
    );
  };
  const resources = Object.entries(template.Resources).map(([id, declared]) => [
    id === from ? to : id,
    inValue(declared),
  ]);
  return {
    ...template,
    Resources: Object.fromEntries(resources),
    ...(template.Outputs && { Outputs: inValue(template.Outputs) as Record<string, unknown> }),
  };
}
