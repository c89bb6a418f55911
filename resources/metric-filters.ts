import type { AccessLogMember } from './access-log';
import { type Resources, ref, resource } from './cloudformation';
import { logicalIds } from './logical-ids';
import { NAMESPACE, OWN_METRICS, type OwnMetric } from './own-metrics';
import { throwAwayPrefix } from './throw-away-streams';

/** How lines of the access log become a metric. */
export interface Filter {
  readonly metric: OwnMetric;
  /** Conditions on members of the access log's line, all of which must hold. */
  readonly where: readonly string[];
  /** The value that each matching line adds to the metric. */
  readonly value: 0 | 1;
  /** True for a metric of each path, beside those of service and stage. */
  readonly byPath?: true;
}

export const is = (member: AccessLogMember, value: string) => `$.${member} = "${value}"`;
export const isNot = (member: AccessLogMember, value: string) => `$.${member} != "${value}"`;
export const oneOf = (...conditions: readonly string[]) => `(${conditions.join(' || ')})`;

/** A status that API Gateway has in the line, as the answer's or as the template's. */
export const answered = (status: string) =>
  oneOf(is('status', status), is('statusOverride', status));

/** Verification fills a shard on purpose, in streams of its own. */
const byClients = isNot(
  'stream',
  `${throwAwayPrefix('${self:service}', '${self:provider.stage}')}*`,
);

const REFUSED_BY_MODEL = 'BAD_REQUEST_*';

/**
 * The metrics that CloudWatch Logs makes of the access log. A refusal counts as one and any other
 * request as none, so that the metric's average is their share.
 */
const FILTERS: Readonly<Record<string, Filter>> = {
  PartialBatches: { metric: 'PartialBatches', where: [answered('207'), byClients], value: 1 },
  ModelRefusals: {
    metric: 'ModelRefusals',
    where: [is('errorType', REFUSED_BY_MODEL)],
    value: 1,
  },
  OtherRequests: {
    metric: 'ModelRefusals',
    where: [isNot('errorType', REFUSED_BY_MODEL)],
    value: 0,
  },
  Throttled: { metric: 'Throttled', where: [answered('429'), byClients], value: 1 },
};

/** Lines of this stage only: others of the API may write to the same log. */
const OF_THE_STAGE = [
  is('service', '${self:service}'),
  is('stage', '${self:provider.stage}'),
] as const;

/** As metric's dimension: the path of the endpoint, as API Gateway has it. */
export const PATH_DIMENSION = 'Path';

/**
 * A metric filter of the access log, where the stage has that.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * Dimensions are taken from members that the pattern names; beside them no default value may stand.
 */
export const metricFilter = ({ metric, where, value, byPath }: Filter) =>
  resource(
    'AWS::Logs::MetricFilter',
    {
      LogGroupName: ref(logicalIds.accessLog),
      FilterPattern: `{ ${[...OF_THE_STAGE, ...where].join(' && ')} }`,
      MetricTransformations: [
        {
          MetricNamespace: NAMESPACE,
          MetricName: metric,
          MetricValue: String(value),
          Unit: OWN_METRICS[metric],
          Dimensions: [
            { Key: 'Service', Value: '$.service' },
            { Key: 'Stage', Value: '$.stage' },
            ...(byPath ? [{ Key: PATH_DIMENSION, Value: '$.resourcePath' }] : []),
          ],
        },
      ],
    },
    { Condition: 'LogsAccess' },
  );

export const metricFilters: Resources = Object.fromEntries(
  Object.entries(FILTERS).map(([name, filter]) => [
    logicalIds.metricFilter(name),
    metricFilter(filter),
  ]),
);
