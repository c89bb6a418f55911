import { either, getAtt, NO_VALUE, type Resources, resource } from './cloudformation';
import { logicalIds } from './logical-ids';

/**
 * A line of the access log. Nothing in it is a client's own text, which API Gateway would put between
 * the quotes as it is: the resource's path stands for the request's, and agents go unnamed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const LINE = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  traceId: '$context.xrayTraceId',
  deploymentId: '$context.deploymentId',
  ip: '$context.identity.sourceIp',
  caller: '$context.identity.userArn',
  apiKeyId: '$context.identity.apiKeyId',
  method: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  errorType: '$context.error.responseType',
  kinesisStatus: '$context.integration.status',
  kinesisLatencyMs: '$context.integration.latency',
  latencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
} as const;

/** Where the stage logs its requests; it goes with the stack. */
export const accessLog: Resources = {
  [logicalIds.accessLog]: resource(
    'AWS::Logs::LogGroup',
    { RetentionInDays: '${param:logRetentionDays}' },
    { Condition: 'LogsAccess' },
  ),
};

/** The stage's part. API Gateway writes with the account's role, see hooks/stage/logging-role.ts. */
export const accessLogSetting = either(
  'LogsAccess',
  { DestinationArn: getAtt(logicalIds.accessLog, 'Arn'), Format: JSON.stringify(LINE) },
  NO_VALUE,
);
