import { stackOf } from '../../resources';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledTemplate } from '../framework';
import { declaredId, ownResources, rightsOf } from '../stage/own';
import type { Target } from '../stage/target';
import { settleConditions } from '../template/conditions';
import { AT_ONCE, rename } from '../template/deployment';
import { shortenNames } from '../template/long-names';
import { settleValues } from '../template/settled';
import { compare, type Difference } from './compare';

const COMPARED =
  /^AWS::(IAM::Role|ApiGateway::(RestApi|Method|Model|GatewayResponse|RequestValidator|Stage|UsagePlan|ApiKey))$/;

/** The template that this checkout would deploy with the stage's own parameters. */
export function repositoryTemplate(
  { parameters, stage, region, stack }: Target,
  service: string,
): CompiledTemplate {
  const known: Readonly<Record<string, string>> = parameters;
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  const text = JSON.stringify(stackOf(stack?.declared ?? [], stack?.producers))
    .replace(/\$\{param:(\w+)\}/g, (_, name: string) => escaped(known[name] ?? ''))
    .replaceAll('${self:service}', service)
    .replaceAll('${self:provider.stage}', stage)
    .replaceAll('${self:provider.region}', region);
  const settled = settleConditions(JSON.parse(text));
  return shortenNames(settleValues(settled, parameters.rootPath), { service, stage });
}

/**
 * Where the deployed stack is not what this checkout declares: it was deployed from another one.
 * @param isShadow whether only what has come with a shadow stage is compared: the API still has the
 *   live stage's settings, where they are for all stages
 */
export function repositoryDrift(
  declared: CompiledTemplate,
  template: CompiledTemplate,
  isShadow = false,
): Difference[] {
  // Packaging appends a hash to the ids of roles and permissions.
  const deployed = rightsOf(template).reduce(
    (whole, id) => rename(whole, id, declaredId(id)),
    template,
  );
  const ids = new Set(
    [...ownResources(declared), ...ownResources(deployed)]
      .filter(([, { Type }]) => COMPARED.test(Type))
      .map(([id]) => id)
      .filter((id) => !isShadow || deployed.Resources[id] !== undefined),
  );
  const leftOut: readonly string[] = isShadow ? AT_ONCE : [];
  const settings = (from: CompiledTemplate, id: string) =>
    propertiesOf(from, id, id === logicalIds.restApi ? leftOut : []);
  return [...ids].flatMap((id) => compare(id, settings(declared, id), settings(deployed, id)));
}

/** Without the Deployment, whose logical id is only known when the service is packaged. */
function propertiesOf(
  { Resources }: CompiledTemplate,
  id: string,
  leftOut: readonly string[],
): unknown {
  const properties = Resources[id]?.Properties;
  if (typeof properties !== 'object' || properties === null) return properties;
  const { DeploymentId: _, ...compared } = properties as Record<string, unknown>;
  return Object.fromEntries(Object.entries(compared).filter(([name]) => !leftOut.includes(name)));
}
