import { readMethodThrottles, readQuota, readThrottle } from '../entities/usage-plans';
import { badRequest, notFound } from '../errors';
import { Members } from '../members';
import {
  listingPatchErrors,
  type PatchErrors,
  type PatchOperation,
  type PatchRule,
  patchNumber,
  withEntry,
} from '../patch';
import type { RegionStore } from '../store';
import type { PlanThrottle, UsagePlan, UsagePlanStage } from '../usage-plan-model';

/** @throws AwsError BadRequestException for what is not `{api}:{stage}` */
function stageNamed(text: string): { apiId: string; stage: string } {
  const [apiId, stage, ...more] = text.split(':');
  if (!apiId || !stage || more.length > 0) throw badRequest('Invalid API Stage specified');
  return { apiId, stage };
}

/** Changes one of the plan's stages, named as `{api}:{stage}`. */
function changeStage(
  plan: UsagePlan,
  name: string,
  change: (stage: UsagePlanStage) => UsagePlanStage,
): void {
  const { apiId, stage } = stageNamed(name);
  const isNamed = (known: UsagePlanStage) => known.apiId === apiId && known.stage === stage;
  if (!plan.apiStages.some(isNamed)) throw notFound('API Stage not found');
  plan.apiStages = plan.apiStages.map((known) => (isNamed(known) ? change(known) : known));
}

/** `"{\"/pets/GET\": …}"` or without the outer quotes. */
function parsedThrottles(value: string): Readonly<Record<string, PlanThrottle>> {
  try {
    const parsed: unknown = JSON.parse(value);
    return readMethodThrottles(typeof parsed === 'string' ? JSON.parse(parsed) : parsed);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw badRequest('Invalid throttle specified');
  }
}

const METHOD_WITH_SLASHES =
  /^(?<stage>\/apiStages\/[^/]+\/throttle)\/(?<resource>\/.*?)\/(?<end>[A-Z]+(?:\/(?:rate|burst)Limit)?)$/;

/**
 * A change of a method's limits with its path's slashes escaped. AWS takes them as they are, too, as
 * Terraform sends them: `/apiStages/a:dev/throttle//pets/GET/rateLimit`.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/usage_plan.go
 */
export function withEscapedPath(operation: PatchOperation): PatchOperation {
  const { stage, resource = '', end } = METHOD_WITH_SLASHES.exec(operation.path)?.groups ?? {};
  if (stage === undefined) return operation;
  return { ...operation, path: `${stage}/${resource.replaceAll('/', '~1')}/${end}` };
}

/**
 * Limits of single methods.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-usage-plans-with-cli.html
 */
const METHOD_THROTTLES: readonly PatchRule<UsagePlan>[] = [
  {
    path: '/apiStages/{stage}/throttle',
    ops: ['replace', 'remove'],
    apply(plan, value = '', [name = ''], op) {
      const throttle = op === 'remove' ? undefined : parsedThrottles(value);
      changeStage(plan, name, (stage) => ({ ...stage, throttle }));
    },
  },
  {
    path: '/apiStages/{stage}/throttle/{resourcePath}/{method}',
    ops: ['remove'],
    apply(plan, _value, [name = '', resourcePath, method]) {
      changeStage(plan, name, (stage) => ({
        ...stage,
        throttle: withEntry(stage.throttle, `${resourcePath}/${method}`, undefined),
      }));
    },
  },
  ...(['rateLimit', 'burstLimit'] as const).map(
    (member): PatchRule<UsagePlan> => ({
      path: `/apiStages/{stage}/throttle/{resourcePath}/{method}/${member}`,
      ops: ['add', 'replace'],
      apply(plan, value, [name = '', resourcePath, method]) {
        const key = `${resourcePath}/${method}`;
        changeStage(plan, name, (stage) => {
          const before = Object.hasOwn(stage.throttle ?? {}, key) ? stage.throttle?.[key] : {};
          const changed = { ...before, [member]: patchNumber(value, member) };
          const throttle = withEntry(stage.throttle, key, readThrottle(Members.ofRequest(changed)));
          return { ...stage, throttle };
        });
      },
    }),
  ),
];

/** The changes that UpdateUsagePlan takes. */
export function usagePlanRules(region: RegionStore): readonly PatchRule<UsagePlan>[] {
  return [
    {
      path: '/name',
      ops: ['replace'],
      apply(plan, value = '') {
        if (value === '') throw badRequest('Usage Plan name cannot be empty');
        plan.name = value;
      },
    },
    {
      path: '/description',
      ops: ['replace'],
      apply(plan, value) {
        plan.description = value;
      },
    },
    {
      path: '/apiStages',
      // A replacement adds (recorded: TestUsagePlans::test_usage_plan_crud, 20-03-2024).
      ops: ['add', 'replace', 'remove'],
      apply(plan, value = '', _names, op) {
        const { apiId, stage } = stageNamed(value);
        if (!region.restApis.get(apiId)?.stages.has(stage)) {
          throw notFound(
            `Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${plan.id}`,
          );
        }
        const others = plan.apiStages.filter(
          (known) => known.apiId !== apiId || known.stage !== stage,
        );
        const isThere = others.length < plan.apiStages.length;
        if (op === 'remove' && !isThere) throw notFound('API Stage not found');
        if (op === 'remove') plan.apiStages = others;
        else if (!isThere) plan.apiStages = [...others, { apiId, stage }];
      },
    },
    ...METHOD_THROTTLES,
    { path: '/throttle', ops: ['remove'], apply: clear('throttle') },
    throttleRule('burstLimit'),
    throttleRule('rateLimit'),
    { path: '/quota', ops: ['remove'], apply: clear('quota') },
    quotaRule('limit'),
    quotaRule('offset'),
    quotaRule('period'),
    {
      path: '/productCode',
      ops: ['add', 'replace', 'remove'],
      apply(plan, value, _names, op) {
        plan.productCode = op === 'remove' ? undefined : value;
      },
    },
  ];
}

const PATHS = [
  '/name',
  '/description',
  '/productCode',
  '/quota',
  '/quota/limit',
  '/quota/offset',
  '/quota/period',
  '/throttle',
  '/throttle/burstLimit',
  '/throttle/rateLimit',
  '/apiStages',
];

/** Those that `remove` takes, as AWS lists them: https://github.com/boto/boto3/issues/2629 */
const REMOVABLE =
  '/apiStages, /quota, /throttle, /productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle';

const LISTING = listingPatchErrors(PATHS);

export const usagePlanPatchErrors: PatchErrors = {
  ...LISTING,
  unknownPath: (operation) =>
    operation.op === 'remove'
      ? badRequest(
          `Invalid patch path  '${operation.path}' specified for op 'remove'. Must be one of: [${REMOVABLE}]`,
        )
      : LISTING.unknownPath(operation),
};

function clear(member: 'throttle' | 'quota') {
  return (plan: UsagePlan) => {
    plan[member] = undefined;
  };
}

function throttleRule(member: 'burstLimit' | 'rateLimit'): PatchRule<UsagePlan> {
  return {
    path: `/throttle/${member}`,
    ops: ['add', 'replace'],
    apply(plan, value) {
      const changed = { ...plan.throttle, [member]: patchNumber(value, member) };
      plan.throttle = readThrottle(Members.ofRequest(changed));
    },
  };
}

function quotaRule(member: 'limit' | 'offset' | 'period'): PatchRule<UsagePlan> {
  return {
    path: `/quota/${member}`,
    ops: ['add', 'replace'],
    apply(plan, value) {
      const changed = {
        limit: 1,
        period: 'DAY',
        ...plan.quota,
        [member]: member === 'period' ? value : patchNumber(value, member),
      };
      plan.quota = readQuota(Members.ofRequest(changed));
    },
  };
}
