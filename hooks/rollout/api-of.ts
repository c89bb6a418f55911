import type { CompiledResource, CompiledTemplate } from '../framework';
import { deploymentOf, isOwn } from '../stage/own';
import { AT_ONCE, rename } from '../template/deployment';
import { mentions, referencesIn } from '../template/references';
import { type Deployed, isPart } from './taken-away';

type Resources = Record<string, CompiledResource>;

/** Sections that resources refer to. Where both templates have a name, the stack keeps its own. */
const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Rules'] as const;

/** Types that no other resource refers to, so that they can come later. */
const LEAVES = /^AWS::ApiGateway::(Method|GatewayResponse)$/;

/**
 * The deployed template with the parts of the API as they are packaged, and all else as it is: what
 * the stage serves, by which settings, and what the stack says of itself.
 * @param more further resources of the template to be, by logical id
 */
export function withApiOf(
  packaged: CompiledTemplate,
  { template }: Pick<Deployed, 'template'>,
  more: Resources = {},
  isLate: (id: string) => boolean = () => false,
): CompiledTemplate {
  const gone = Object.keys(template.Resources).filter(
    (id) => packaged.Resources[id] === undefined && isPart(template, id),
  );
  const kept = Object.entries(template.Resources).filter(
    ([id, { Properties }]) => !isPart(template, id) && !mentions(Properties, gone),
  );
  const parts = Object.entries(packaged.Resources)
    .filter(([id]) => isPart(packaged, id) && !isLate(id))
    .map(([id, part]) => [id, withLiveSettings(part, template.Resources[id])]);
  const resources: Resources = { ...Object.fromEntries([...kept, ...parts]), ...more };
  const outputs = Object.entries(template.Outputs ?? {}).filter(
    ([, output]) => !mentions(output, gone),
  );
  return {
    ...packaged,
    ...template,
    ...sectionsOf(packaged, template),
    Outputs: Object.fromEntries(outputs),
    Metadata: template.Metadata,
    Resources: withoutDangling(withNeeded(resources, packaged.Resources, isLate)),
  };
}

/**
 * The template of the first of two updates where something is taken away from the API. Without new
 * methods, which may be where one that goes still is.
 * @param isWhole false after an update that failed and was not rolled back: then all but the
 *   deployment that is served may be what failed
 */
export function retiring(
  packaged: CompiledTemplate,
  deployed: Deployed,
  isWhole = true,
): CompiledTemplate {
  const { template, physicalIds } = deployed;
  const isLate = (id: string) =>
    LEAVES.test(packaged.Resources[id]?.Type ?? '') &&
    isOwn(packaged, id) &&
    physicalIds[id] === undefined;
  if (isWhole) return withApiOf(packaged, deployed, {}, isLate);
  const [newId, oldId] = [deploymentOf(packaged), deploymentOf(template)];
  const old = template.Resources[oldId ?? ''];
  if (newId === undefined || oldId === undefined || old === undefined) return packaged;
  const next = rename(packaged, newId, oldId);
  const now = Object.entries(next.Resources).filter(([id]) => !isLate(id));
  return {
    ...next,
    Resources: withoutDangling({ ...Object.fromEntries(now), [oldId]: old }),
  };
}

function withLiveSettings(
  part: CompiledResource,
  before: CompiledResource | undefined,
): CompiledResource {
  if (part.Type !== 'AWS::ApiGateway::RestApi' || before === undefined) return part;
  const { ...properties } = part.Properties as Record<string, unknown>;
  const live = (before.Properties ?? {}) as Record<string, unknown>;
  for (const name of AT_ONCE) {
    if (live[name] === undefined) delete properties[name];
    else properties[name] = live[name];
  }
  return { ...part, Properties: properties };
}

function sectionsOf(packaged: CompiledTemplate, template: CompiledTemplate) {
  const [next, before] = [packaged, template] as unknown as Record<string, object | undefined>[];
  const both = SECTIONS.filter((name) => next?.[name] !== undefined);
  return Object.fromEntries(both.map((name) => [name, { ...next?.[name], ...before?.[name] }]));
}

/** With everything that the resources refer to, such as a role that is new. */
function withNeeded(given: Resources, all: Resources, isLate: (id: string) => boolean): Resources {
  const resources = { ...given };
  const open = Object.keys(resources);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const needed of referencesIn(resources[id])) {
      const found = all[needed];
      if (found === undefined || resources[needed] !== undefined || isLate(needed)) continue;
      resources[needed] = found;
      open.push(needed);
    }
  }
  return resources;
}

/** Without dependencies on what is not there. */
export function withoutDangling(resources: Resources): Resources {
  return Object.fromEntries(
    Object.entries(resources).map(([id, { DependsOn, ...declared }]) => {
      const there = [DependsOn ?? []].flat().filter((each) => resources[each] !== undefined);
      return [id, there.length > 0 ? { ...declared, DependsOn: there } : declared];
    }),
  );
}
