import { randomBytes } from 'node:crypto';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledResource, CompiledTemplate } from '../framework';
import { deploymentOf, ownResources } from '../stage/own';
import { shadowId, shadowStageName } from '../stage/shadow';
import { mapReferences } from '../template/references';
import { withApiOf } from './api-of';
import type { Deployed } from './taken-away';

/** The types that a request meets before a method, each bound to one stage. */
const SERVING = /^AWS::(ApiGateway::Stage|WAFv2::WebACLAssociation)$/;

/** So does the plan that verification comes in by. Those of producers stay with the live stage. */
const ENTRY: readonly string[] = [logicalIds.usagePlan, logicalIds.usagePlanKey];

const serves = ([id, { Type }]: readonly [string, CompiledResource]) =>
  SERVING.test(Type) || ENTRY.includes(id);

/** A new deployment, served by a stage of its own that no client knows. */
export interface Shadow {
  /** The stack's template while the deployment is verified. */
  readonly template: CompiledTemplate;
  readonly stageName: string;
  /** The logical id of each part of it, by that of the live stage's. */
  readonly ids: Readonly<Record<string, string>>;
}

/**
 * Puts a shadow stage beside the live one, which keeps everything that it serves with.
 * @param packaged the template to be, with a Stage
 * @param retains whether the deployment outlives the shadow, for a stage that is not the stack's
 */
export function withShadow(
  packaged: CompiledTemplate,
  deployed: Pick<Deployed, 'template'>,
  retains: boolean,
  mark = randomBytes(3).toString('hex'),
): Shadow {
  const serving = ownResources(packaged).filter(serves);
  const ids = Object.fromEntries(serving.map(([id]) => [id, shadowId(id, mark)]));
  const { StageName: live } = (packaged.Resources[logicalIds.stage]?.Properties ?? {}) as {
    readonly StageName?: string;
  };
  const stageName = shadowStageName(live ?? '', mark);
  const copies = serving.map(([id, declared]) => [
    ids[id],
    withNames(mapReferences(declared, (each) => ids[each] ?? each) as CompiledResource, stageName),
  ]);
  const more = {
    ...Object.fromEntries(copies),
    ...newDeployment(packaged, deployed, retains),
    ...newStreams(packaged, deployed),
  };
  return { template: withApiOf(packaged, deployed, more), stageName, ids };
}

/**
 * The streams that this deploy adds: no client has written to them while the shadow is there, so they
 * go with it. A later update gives them the policy that they are declared with.
 */
function newStreams(
  packaged: CompiledTemplate,
  { template }: Pick<Deployed, 'template'>,
): Record<string, CompiledResource> {
  const added = ownResources(packaged).filter(
    ([id, { Type }]) => Type === 'AWS::Kinesis::Stream' && template.Resources[id] === undefined,
  );
  return Object.fromEntries(
    added.map(([id, declared]) => [id, { ...declared, DeletionPolicy: 'Delete' }]),
  );
}

/** True if a deploy changes nothing that a request meets. */
export function servesTheSame(packaged: CompiledTemplate, before: CompiledTemplate): boolean {
  const textOf = (template: CompiledTemplate) =>
    JSON.stringify(
      ownResources(template)
        .filter(serves)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return textOf(packaged) === textOf(before);
}

/** Names that have to be unique. */
function withNames(resource: CompiledResource, stageName: string): CompiledResource {
  const properties = resource.Properties as Readonly<Record<string, unknown>>;
  const names = {
    ...(properties.StageName !== undefined && { StageName: stageName }),
    ...(properties.UsagePlanName !== undefined && {
      UsagePlanName: `${properties.UsagePlanName} ${stageName}`,
    }),
  };
  return { ...resource, Properties: { ...properties, ...names } };
}

/** A shadow that fails takes its deployment with it; one that a stage has served is retained. */
function newDeployment(
  packaged: CompiledTemplate,
  { template }: Pick<Deployed, 'template'>,
  retains: boolean,
) {
  const id = deploymentOf(packaged) ?? '';
  const declared = packaged.Resources[id];
  if (declared === undefined || template.Resources[id] !== undefined) return {};
  const { UpdateReplacePolicy: _, ...deployment } = declared;
  return { [id]: { ...deployment, DeletionPolicy: retains ? 'RetainExceptOnCreate' : 'Delete' } };
}
