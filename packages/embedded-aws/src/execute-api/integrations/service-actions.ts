/**
 * The prefix of `X-Amz-Target` by service: with it, API Gateway calls an action of a JSON service by
 * its name alone. Services that are not here speak the query protocol or have paths.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-request-basic-setup.html
 */
export const TARGET_PREFIXES: Readonly<Record<string, string>> = {
  'application-autoscaling': 'AnyScaleFrontendService',
  'cognito-idp': 'AWSCognitoIdentityProviderService',
  dynamodb: 'DynamoDB_20120810',
  events: 'AWSEvents',
  firehose: 'Firehose_20150804',
  kinesis: 'Kinesis_20131202',
  kms: 'TrentService',
  logs: 'Logs_20140328',
  secretsmanager: 'secretsmanager',
  states: 'AWSStepFunctions',
};

/** Services that speak the older of the two JSON protocols. */
const JSON_1_0: readonly string[] = ['dynamodb', 'states'];

/**
 * The content type that an action of a JSON service is called with. Services refuse any but their own,
 * and yet what the integration maps or the client sends does: `application/json` without a mapping is
 * recorded (LocalStack's test_apigateway_to_kinesis), AWS's tutorial has `x-amz-json-1.1`, which is no
 * content type, and public plugins send forms. So the gateway must put it right; that it does so for
 * every type but the protocols' own is inferred.
 * @param contentType what the request would have
 */
export function actionContentType(service: string, contentType: string | undefined): string {
  if (contentType?.trim().toLowerCase().startsWith('application/x-amz-')) return contentType;
  return `application/x-amz-json-${JSON_1_0.includes(service) ? '1.0' : '1.1'}`;
}
