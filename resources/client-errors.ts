import { type OwnMetric, ownMetric } from './own-metrics';

/** The alarms' period in seconds. */
export const PERIOD_S = 300;

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export const ofTheStage = {
  Namespace: 'AWS/ApiGateway',
  Dimensions: [
    { Name: 'ApiName', Value: '${self:service}-${self:provider.stage}' },
    { Name: 'Stage', Value: '${self:provider.stage}' },
  ],
};

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

const query = (Id: string, Metric: Metric, Stat = 'Sum') => ({
  Id,
  MetricStat: { Metric, Period: PERIOD_S, Stat },
  ReturnData: false,
});

/**
 * The share of clients' requests that are refused, without the canary's: two thirds of its requests
 * provoke errors on purpose. It publishes its own counts (hooks/canary/traffic.ts) to subtract here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const shareBesideCanary = (label: string, refused: Metric, ofTheCanary: OwnMetric) => [
  query('requests', { ...ofTheStage, MetricName: 'Count' }),
  query('refused', refused),
  query('canary_requests', ownMetric('Requests')),
  query('canary_refused', ownMetric(ofTheCanary)),
  {
    Id: 'clients',
    Expression: 'requests - FILL(canary_requests, 0)',
    ReturnData: false,
  },
  {
    Id: 'share',
    Label: label,
    Expression: 'IF(clients > 0, (refused - FILL(canary_refused, 0)) / clients, 0)',
    ReturnData: true,
  },
];

export const clientErrorsBesideCanary = shareBesideCanary(
  "4XX of the clients' requests",
  { ...ofTheStage, MetricName: '4XXError' },
  'ClientErrors',
);

export const modelRefusalsBesideCanary = shareBesideCanary(
  "Refusals by model of the clients' requests",
  ownMetric('ModelRefusals'),
  'CanaryModelRefusals',
);
