import { CANARY_NAMESPACE } from './canary-environment';

/** The alarm's period in seconds. */
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

const ofTheCanary = {
  Namespace: CANARY_NAMESPACE,
  Dimensions: [
    { Name: 'Service', Value: '${self:service}' },
    { Name: 'Stage', Value: '${self:provider.stage}' },
  ],
};

const sum = (Id: string, metric: typeof ofTheStage, MetricName: string) => ({
  Id,
  MetricStat: { Metric: { ...metric, MetricName }, Period: PERIOD_S, Stat: 'Sum' },
  ReturnData: false,
});

/**
 * The share of clients' requests that end in a 4XX, without the canary's: two thirds of its
 * requests provoke errors on purpose. It publishes its own counts (hooks/canary/traffic.ts) to
 * subtract here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const clientErrorsBesideCanary = [
  sum('requests', ofTheStage, 'Count'),
  sum('refused', ofTheStage, '4XXError'),
  sum('canary_requests', ofTheCanary, 'Requests'),
  sum('canary_refused', ofTheCanary, 'ClientErrors'),
  {
    Id: 'clients',
    Expression: 'requests - FILL(canary_requests, 0)',
    ReturnData: false,
  },
  {
    Id: 'share',
    Label: "4XX of the clients' requests",
    Expression: 'IF(clients > 0, (refused - FILL(canary_refused, 0)) / clients, 0)',
    ReturnData: true,
  },
];
