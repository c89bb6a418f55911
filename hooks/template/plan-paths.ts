import type { CompiledResource, CompiledTemplate } from '../framework';
import { ownResources } from '../stage/own';

interface Properties {
  readonly ApiStages?: readonly { readonly Throttle?: Readonly<Record<string, unknown>> }[];
}

/**
 * The template with the limits of endpoints in usage plans under the API's path, which the framework
 * cannot fill in: it fills in values, not names.
 * @param rootPath of the resource that the routes hang under: '' or `/kinesis`
 */
export function withRootPath(template: CompiledTemplate, rootPath: string): CompiledTemplate {
  if (rootPath === '') return template;
  const plans = ownResources(template).filter(
    ([, { Type }]) => Type === 'AWS::ApiGateway::UsagePlan',
  );
  const moved = plans.map(([id, plan]) => [id, under(rootPath, plan)]);
  return { ...template, Resources: { ...template.Resources, ...Object.fromEntries(moved) } };
}

function under(rootPath: string, plan: CompiledResource): CompiledResource {
  const { ApiStages: stages, ...rest } = (plan.Properties ?? {}) as Properties;
  const moved = stages?.map(({ Throttle: limits, ...stage }) => ({
    ...stage,
    ...(limits && {
      Throttle: Object.fromEntries(
        Object.entries(limits).map(([method, limit]) => [`${rootPath}${method}`, limit]),
      ),
    }),
  }));
  return { ...plan, Properties: { ...rest, ...(moved && { ApiStages: moved }) } };
}
