import { either, getAtt, NO_VALUE, type Resources, resource } from './cloudformation';
import { logicalIds } from './logical-ids';

/**
 * One line of the access log. It contains no text chosen by the client, because API Gateway does
 * not escape values: hence the resource's path instead of the request's, and no user agent.
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

/** The log group of the access log; deleted with the stack. */
export const accessLog: Resources = {
  [logicalIds.accessLog]: resource(
    'AWS::Logs::LogGroup',
    { RetentionInDays: '${param:logRetentionDays}' },
    { Condition: 'LogsAccess' },
  ),
};

/** The stage's setting. API Gateway logs as the account's role: hooks/stage/logging-role.ts. */
export const accessLogSetting = either(
  'LogsAccess',
  { DestinationArn: getAtt(logicalIds.accessLog, 'Arn'), Format: JSON.stringify(LINE) },
  NO_VALUE,
);
