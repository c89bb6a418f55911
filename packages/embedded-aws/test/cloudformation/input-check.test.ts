import { checkInput } from '../../src/cloudformation/input-check';
import type { QueryInput } from '../../src/core/protocol/query';

const NAME = '[a-zA-Z][-a-zA-Z0-9]*';
const NAME_OR_ID = `${NAME}|arn:[-a-zA-Z0-9:/._+]*`;
const failed = (value: string, path: string, constraint: string) =>
  `Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
const pattern = (text: string) => `Member must satisfy regular expression pattern: ${text}`;
const NOT_EMPTY = 'Member must have length greater than or equal to 1';

describe('constraints of CloudFormation', () => {
  test.each<[string, QueryInput, string[]]>([
    // Recorded: test_stack_name_creation, 19-04-2023.
    [
      'CreateChangeSet',
      { StackName: '_*', ChangeSetName: 'c' },
      [failed("'_*'", 'stackName', pattern(NAME_OR_ID))],
    ],
    // hashicorp/terraform-provider-aws#42668
    ['CreateStack', { StackName: 'a_b' }, [failed("'a_b'", 'stackName', pattern(NAME))]],
    // aws-samples/private-llm-qa-bot#125
    [
      'DescribeStacks',
      { StackName: '' },
      [failed("''", 'stackName', pattern(NAME_OR_ID)), failed("''", 'stackName', NOT_EMPTY)],
    ],
    // aws-actions/aws-cloudformation-github-deploy#134
    [
      'CreateStack',
      { StackName: 'a', Capabilities: [''] },
      [
        failed(
          "'[]'",
          'capabilities',
          'Member must satisfy constraint: [Member must satisfy enum value set: [CAPABILITY_AUTO_EXPAND, CAPABILITY_NAMED_IAM, CAPABILITY_IAM]]',
        ),
      ],
    ],
    [
      'CreateStack',
      { StackName: 'a', TimeoutInMinutes: '0', RoleARN: 'me', Tags: [{ Value: 'v' }] },
      [
        failed("'0'", 'timeoutInMinutes', 'Member must have value greater than or equal to 1'),
        failed("'me'", 'roleARN', 'Member must have length greater than or equal to 20'),
        failed('null', 'tags.1.member.key', 'Member must not be null'),
      ],
    ],
    ['DeleteStack', {}, [failed('null', 'stackName', 'Member must not be null')]],
    [
      'ExecuteChangeSet',
      { ChangeSetName: 'a b' },
      [failed("'a b'", 'changeSetName', pattern(`${NAME}|arn:[-a-zA-Z0-9:/]*`))],
    ],
  ])('%s %j', (action, input, violations) => {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;

    expect(() => checkInput(action, input)).toThrow(
      expect.objectContaining({
        code: 'ValidationError',
        message: `${count}: ${violations.join('; ')}`,
      }),
    );
  });

  test('numbers and flags are texts', () => {
    expect(() =>
      checkInput('CreateStack', { StackName: 'a', TimeoutInMinutes: '5', DisableRollback: 'true' }),
    ).not.toThrow();
    expect(() => checkInput('CreateStack', { StackName: 'a', TimeoutInMinutes: 'soon' })).toThrow(
      expect.objectContaining({ code: 'MalformedInput' }),
    );
  });
});
