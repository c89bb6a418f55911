import { type EventSourceMapping, stateOf } from './mapping';

/**
 * A mapping as the API returns it. Members and defaults as recorded in LocalStack's
 * test_lambda_integration_kinesis; those that are absent are so there.
 */
export function mappingAnswer(mapping: EventSourceMapping, now: number) {
  const { Destination, Filters, ...settings } = mapping.settings;
  const { start } = mapping;
  return {
    ...settings,
    DestinationConfig: { OnFailure: Destination === undefined ? {} : { Destination } },
    EventSourceArn: mapping.sourceArn,
    EventSourceMappingArn: mapping.arn,
    FilterCriteria:
      Filters.length === 0 ? undefined : { Filters: Filters.map((Pattern) => ({ Pattern })) },
    FunctionArn: mapping.functionArn,
    LastModified: mapping.lastModified.getTime() / 1000,
    LastProcessingResult: mapping.lastResult,
    StartingPosition: start.type,
    StartingPositionTimestamp: start.timestamp === undefined ? undefined : start.timestamp / 1000,
    State: stateOf(mapping, now),
    StateTransitionReason: 'User action',
    TumblingWindowInSeconds: 0,
    UUID: mapping.uuid,
  };
}
