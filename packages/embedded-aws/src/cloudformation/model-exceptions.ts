import type { ModelException } from '../core/shapes/model';

/** A stack by its name or its id. */
const NAME_OR_ID = '[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*';

/**
 * Where CloudFormation does not do what its model says. L = LocalStack's tests that were validated
 * on AWS, P = public reports that quote AWS.
 */
export const MODEL_EXCEPTIONS: readonly ModelException[] = [
  {
    at: '*.StackName',
    change: { min: 1, pattern: NAME_OR_ID },
    source:
      'L test_stack_name_creation, 19-04-2023; P aws-samples/private-llm-qa-bot#125 (2023), humanmade/cf-to-tf#5 (2018)',
  },
  {
    at: 'CreateStack.StackName',
    change: { max: 128, pattern: '[a-zA-Z][-a-zA-Z0-9]*' },
    source: 'P hashicorp/terraform-provider-aws#42668 (2025); length: API reference of CreateStack',
  },
];
