import { CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { isUntouched, stackAtRest } from '../../../hooks/rollout/at-rest';

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

test('a stack that another deploy has changed is told by its ids, or by what was there before', () => {
  const before = template('a');
  const other = { Resources: { a: { ...resource, Properties: { TopicName: 'other' } } } };
  expect(isUntouched(template('a'), before, [template('a', 'shadow1')])).toBe(true);
  expect(isUntouched(template('shadow1', 'a'), before, [template('a', 'shadow1')])).toBe(true);
  expect(isUntouched(template('a', 'shadow2'), before, [template('a', 'shadow1')])).toBe(false);
  expect(isUntouched(other, before, [template('a', 'shadow1')])).toBe(false);
});
