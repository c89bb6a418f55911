import { either, getAtt, NO_VALUE, type Resources, resource } from './cloudformation';
import { logicalIds } from './logical-ids';

/**
 * One line of the access log, a JSON object whose values are all texts. API Gateway does not escape
 * values, so a line contains no text chosen by the client: the resource's path instead of the
 * request's, no user agent, and no error message, which may quote either.
 *
 * Only the stream's name comes from the client. The request's template puts it here, if it has the
 * characters of a name, as the override of a path parameter that the integration does not have.
 * Requests that are refused before their template runs have none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export const ACCESS_LOG_LINE = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  traceId: '$context.xrayTraceId',
  deploymentId: '$context.deploymentId',
  service: '${self:service}',
  stage: '$context.stage',
  ip: '$context.identity.sourceIp',
  caller: '$context.identity.userArn',
  apiKeyId: '$context.identity.apiKeyId',
  method: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  stream: '$context.requestOverride.path.stream',
  status: '$context.status',
  // The status as a template overrode it; `status` should be the same.
  statusOverride: '$context.responseOverride.status',
  errorType: '$context.error.responseType',
  kinesisError: '$context.responseOverride.header.ErrorCode',
  failedRecords: '$context.responseOverride.header.FailedRecords',
  kinesisStatus: '$context.integration.status',
  kinesisLatencyMs: '$context.integration.latency',
  latencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
} as const;

/** Members of the line where a stage or a stream has an authorizer: API Gateway's numbers of it. */
const OF_AUTHORIZERS = {
  // As `stream`: put here by the request's template, if its characters are safe.
  principal: '$context.requestOverride.path.principal',
  authorizerStatus: '$context.authorizer.status',
  authorizerLatencyMs: '$context.authorizer.latency',
} as const;

export type AccessLogMember = keyof typeof ACCESS_LOG_LINE;

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
  {
    DestinationArn: getAtt(logicalIds.accessLog, 'Arn'),
    Format: either(
      'TakesTokens',
      JSON.stringify({ ...ACCESS_LOG_LINE, ...OF_AUTHORIZERS }),
      JSON.stringify(ACCESS_LOG_LINE),
    ),
  },
  NO_VALUE,
);
