import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import type { Properties } from '../../src/core/resource-handler';
import { createEvents, eventsResourceHandlers } from '../../src/events';
import { inProcess } from '../../src/in-process';
import { handlerFor, resourceContext } from '../support/resource-context';

function setUp() {
  const events = createEvents();
  return {
    client: new EventBridgeClient(inProcess(events)),
    rule: handlerFor(eventsResourceHandlers(events), 'AWS::Events::Rule'),
  };
}

const given: Properties = {
  Name: 'alarms',
  Description: 'Tells of alarms',
  EventPattern: { source: ['aws.cloudwatch'] },
  Targets: [{ Id: '1', Arn: 'arn:aws:sns:us-east-1:000000000000:alerts' }],
};

describe('AWS::Events::Rule', () => {
  test('is made, read, changed and deleted', async () => {
    const { client, rule } = setUp();

    const state = await rule.create(resourceContext(), given);
    const described = await client.send(new DescribeRuleCommand({ Name: 'alarms' }));
    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'alarms' }));
    await rule.update(resourceContext(), 'alarms', { ...given, State: 'DISABLED' }, given);
    const { Rules } = await client.send(new ListRulesCommand({}));
    await rule.delete(resourceContext(), 'alarms', given);

    expect(state).toEqual({
      physicalId: 'alarms',
      attributes: {
        Arn: 'arn:aws:events:us-east-1:000000000000:rule/alarms',
        RuleName: 'alarms',
      },
    });
    expect(described).toMatchObject({
      State: 'ENABLED',
      // L, 08-11-2024
      CreatedBy: '000000000000',
      EventPattern: '{"source":["aws.cloudwatch"]}',
      Description: 'Tells of alarms',
      EventBusName: 'default',
    });
    expect(Targets).toEqual(given.Targets);
    expect(Rules).toMatchObject([{ Name: 'alarms', State: 'DISABLED' }]);
    await expect(client.send(new DescribeRuleCommand({ Name: 'alarms' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule alarms does not exist on EventBus default.',
    });
  });

  test.each<[Properties, string]>([
    [{ EventPattern: undefined }, 'EventPattern or ScheduleExpression must be specified'],
    [{ ScheduleExpression: 'rate(5 minutes)' }, 'ScheduleExpression of AWS::Events::Rule'],
    [{ EventBusName: 'own' }, 'EventBusName own'],
  ])('%j is refused', (changes, message) => {
    const { rule } = setUp();

    expect(() => rule.create(resourceContext(), { ...given, ...changes })).toThrow(message);
  });

  test('keeps its tags', async () => {
    const { client, rule } = setUp();
    const Tags = [{ Key: 'team', Value: 'streams' }];
    const { attributes } = await rule.create(resourceContext(), { ...given, Tags });
    const ResourceARN = String(attributes?.Arn);

    const listed = await client.send(new ListTagsForResourceCommand({ ResourceARN }));

    expect(listed.Tags).toEqual(Tags);
    await expect(
      client.send(new ListTagsForResourceCommand({ ResourceARN: `${ResourceARN}-2` })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('with a schedule is taken when it is off', async () => {
    const { rule } = setUp();
    const schedule = { ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED' };

    const { physicalId } = await rule.create(resourceContext(), schedule);

    expect(physicalId).toMatch(/^shop-Thing-/);
  });
});

test('putting events is refused by name', async () => {
  const { client } = setUp();

  await expect(client.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('events:PutEvents'),
  });
});
