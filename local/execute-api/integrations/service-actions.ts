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
