import { logicalIds } from '../../resources/logical-ids';
import { resolve } from '../drift/resolve';
import type { CompiledTemplate } from '../framework';
import type { Stack } from '../stage/load-target';
import { deploymentOf } from '../stage/own';
import { parametersIn, producersIn, streamsIn } from '../stage/remembered';
import type { DeployedStack, Target } from '../stage/target';
import { ofStage } from './owners-stage';
import type { Shadow } from './shadow';
import { isPart } from './taken-away';

/** A shadow stage, and everything needed to look at it as if it were live. */
export interface Viewed {
  readonly shadow: Shadow;
  /** The template to be; of a shared API without its stage. */
  readonly packaged: CompiledTemplate;
  /** The same with the stage. */
  readonly whole: CompiledTemplate;
  /** The stack with the shadow. */
  readonly stack: Stack;
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  /** The API's name of the live stage. */
  readonly live: string;
  /** Where an emulator answers; undefined on AWS. */
  readonly endpoint: string | undefined;
}

/**
 * The shadow stage in the place of the live one: what the stack declares is what it will, as far as
 * it is there already.
 */
export function viewOf(viewed: Viewed): Target {
  const { shadow, packaged, whole, stack, service, stage, region, live } = viewed;
  const parameters = parametersIn(packaged);
  if (parameters === undefined) throw new TypeError('The packaged template has no parameters.');
  const shared = parameters.restApiId;
  const restApiId = shared || (stack.physicalIds[logicalIds.restApi] ?? '');
  const physicalIds: Record<string, string> = { ...stack.physicalIds };
  for (const [id, itsShadow] of Object.entries(shadow.ids)) {
    physicalIds[id] = stack.physicalIds[itsShadow] ?? '';
  }
  const view: DeployedStack = {
    service,
    declared: streamsIn(packaged),
    producers: producersIn(packaged),
    template: { ...packaged, Resources: resourcesOf(viewed, shared !== '') },
    resources: shadow.template.Resources,
    physicalIds,
    accountId: stack.accountId,
    partition: stack.partition,
    stackId: stack.stackId,
    live,
  };
  const target: Target = {
    service,
    stage,
    region,
    invokeUrl: '',
    restApiId,
    deploymentId: stack.physicalIds[deploymentOf(whole) ?? ''] ?? '',
    apiKeyId: packaged.Outputs?.ApiKeyId ? stack.physicalIds[logicalIds.apiKey] : undefined,
    parameters: { ...parameters, restApiStage: shadow.stageName },
    streams: streamsIn(packaged),
    stack: view,
  };
  const names = { [logicalIds.restApi]: restApiId, [logicalIds.stage]: shadow.stageName };
  const named = { ...view, physicalIds: { ...physicalIds, ...names } };
  const url = resolve({ 'Fn::Sub': urlOf(viewed, parameters) }, target, named);
  return { ...target, invokeUrl: String(url) };
}

const PLANS = /^AWS::ApiGateway::UsagePlan(Key)?$/;

/**
 * Anything new or changed outside the API (alarms, domain, canary) comes with the live stage, and
 * producers come in by that one alone.
 */
function resourcesOf({ shadow, packaged }: Viewed, isShared: boolean) {
  const { Resources: there } = shadow.template;
  const seen = Object.entries(packaged.Resources).flatMap(([id, declared]) => {
    const now = there[id];
    if (shadow.ids[id] === undefined) {
      if (PLANS.test(declared.Type)) return [];
      // The policy of a stream that is new is another while the outcome is open.
      const { DeletionPolicy } = declared;
      const like = now && { ...now, ...(DeletionPolicy && { DeletionPolicy }) };
      const isThere = isPart(packaged, id) || JSON.stringify(like) === JSON.stringify(declared);
      return now && isThere ? [[id, now] as const] : [];
    }
    const isText = isShared && id === logicalIds.usagePlan;
    return [[id, isText ? ofStage(declared, shadow.stageName) : declared] as const];
  });
  return Object.fromEntries(seen);
}

/** An own domain leads to the live stage alone, and its DNS may not be there yet. */
function urlOf(
  { endpoint }: Viewed,
  { invokeUrl, rootPath }: Readonly<Record<'invokeUrl' | 'rootPath', string>>,
): string {
  const namesStage = invokeUrl.includes(`\${${logicalIds.stage}}`);
  if (namesStage) return invokeUrl;
  const api = `\${${logicalIds.restApi}}`;
  const host = endpoint
    ? `${endpoint}/_aws/execute-api/${api}`
    : `https://${api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}`;
  return `${host}/\${${logicalIds.stage}}${rootPath}`;
}
