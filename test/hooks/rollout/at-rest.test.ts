import { CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { isOneOf, stackAtRest } from '../../../hooks/rollout/at-rest';

const resource = { Type: 'AWS::SNS::Topic' };
const template = (...ids: string[]) => ({
  Resources: Object.fromEntries(ids.map((id) => [id, resource])),
});

test('a stack that is rolled back is awaited', async () => {
  const statuses = ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'];
  const send = jest
    .spyOn(CloudFormationClient.prototype, 'send')
    .mockImplementation(async (command: object) => {
      if (!command.constructor.name.startsWith('DescribeStacks')) return { TemplateBody: '{}' };
      const StackStatus = statuses.shift() ?? 'UPDATE_ROLLBACK_COMPLETE';
      return { Stacks: [{ StackStatus } as Stack] };
    });
  process.env.SLS_AWS_MONITORING_FREQUENCY = '1';
  try {
    const stack = await stackAtRest({
      ...{ stage: 'dev', region: 'us-east-1', service: 'door', stackName: 'door-dev' },
      config: { region: 'us-east-1' },
    });
    expect(stack?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(statuses).toEqual([]);
  } finally {
    delete process.env.SLS_AWS_MONITORING_FREQUENCY;
    send.mockRestore();
  }
});

test('a stack is known by the ids of its resources', () => {
  expect(isOneOf(template('a', 'b'), [template('a'), template('b', 'a')])).toBe(true);
  expect(isOneOf(template('a', 'c'), [template('a'), template('b', 'a')])).toBe(false);
});
