/** Namespace of the project's own metrics: the canary's, the access log's, the deployments'. */
export const NAMESPACE = 'KinesisRestProxy';

/** The metrics in it, each with the dimensions `Service` and `Stage`, and their units. */
export const OWN_METRICS = {
  // From the access log, by resources/metric-filters.ts.
  PartialBatches: 'Count',
  ModelRefusals: 'Count',
  Throttled: 'Count',
  // Of each event endpoint, with a third dimension: by resources/events/refusals.ts.
  RefusedEvents: 'Count',
  // From deployments, by hooks/rollout/outcome-metric.ts.
  FailedDeployments: 'Count',
  // From the canary, by hooks/canary/metrics.ts: of a run,
  Passed: 'Count',
  Failed: 'Count',
  Duration: 'Milliseconds',
  TeardownIncomplete: 'Count',
  // and of each minute of a run.
  Requests: 'Count',
  ClientErrors: 'Count',
  CanaryModelRefusals: 'Count',
} as const;

export type OwnMetric = keyof typeof OWN_METRICS;

/** Selects one of them, for alarms and metric queries. */
export const ownMetric = (MetricName: OwnMetric) => ({
  Namespace: NAMESPACE,
  MetricName,
  Dimensions: [
    { Name: 'Service', Value: '${self:service}' },
    { Name: 'Stage', Value: '${self:provider.stage}' },
  ],
});
