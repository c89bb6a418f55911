import { inAwsOrder } from '../../src/core/enum-order';

// The order is AWS's: API Gateway's from tests validated on AWS (test_update_rest_api_concatenation_of_errors,
// 07-07-2025; test_invalid_create_documentation_part_operations, 15-04-2024), CloudFormation's from
// aws-actions/aws-cloudformation-github-deploy#130, Kinesis's from kinesalite's recordings.
test.each([
  [
    ['add', 'remove', 'replace', 'move', 'copy', 'test'],
    ['add', 'remove', 'move', 'test', 'replace', 'copy'],
  ],
  [
    ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_IAM'],
  ],
  [
    ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'],
    ['AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_TIMESTAMP', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON'],
  ],
  // Two values of one bucket: the model's last comes first.
  [
    ['AUTHORIZER', 'MODEL', 'METHOD', 'RESPONSE'],
    ['RESPONSE', 'METHOD', 'MODEL', 'AUTHORIZER'],
  ],
])('%j are listed as %j', (model, listed) => {
  expect(inAwsOrder(model)).toEqual(listed);
});
