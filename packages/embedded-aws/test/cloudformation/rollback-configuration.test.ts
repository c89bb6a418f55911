import { createStack, settle, stream, template, updateStack, world } from './support';

const body = template({ Stream: stream() });
const ALARM = {
  Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:busy',
  Type: 'AWS::CloudWatch::Alarm',
};
const CONFIGURATION = { RollbackTriggers: [ALARM], MonitoringTimeInMinutes: 12 };

describe('a rollback configuration', () => {
  // LocalStack's test_update_with_invalid_rollback_configuration_errors, 21-11-2022
  it.each([
    ['of another type', { Arn: 'a', Type: 'Another' }, 'Rollback Trigger Type not supported'],
    [
      'that is no alarm',
      { ...ALARM, Arn: 'arn:aws:cloudwatch:us-east-1:123456789012:example-name' },
      "RelativeId of a Rollback Trigger's ARN is incorrect",
    ],
  ])('with a trigger %s is refused', async (_, trigger, message) => {
    const local = world();

    const creation = createStack(local, body, {
      RollbackConfiguration: { RollbackTriggers: [trigger] },
    });

    await expect(creation).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  // LocalStack's test_update_with_rollback_configuration
  it('is an update of its own, is told, and stays until it is taken away', async () => {
    const local = world();
    await settle(local, createStack(local, body));

    const updated = await settle(
      local,
      updateStack(local, body, { RollbackConfiguration: CONFIGURATION }),
    );
    const other = template({ Stream: stream({ ShardCount: 2 }) });
    const kept = await settle(local, updateStack(local, other));
    const without = await settle(
      local,
      updateStack(local, other, {
        RollbackConfiguration: { RollbackTriggers: [], MonitoringTimeInMinutes: 0 },
      }),
    );

    expect([updated?.RollbackConfiguration, kept?.RollbackConfiguration]).toEqual([
      CONFIGURATION,
      CONFIGURATION,
    ]);
    expect(without?.RollbackConfiguration).toEqual({ MonitoringTimeInMinutes: 0 });
  });
});

describe('an update', () => {
  it.each(['UpdateReplacePolicy', 'DeletionPolicy'])('of %s alone is one', async (policy) => {
    const local = world();
    await settle(local, createStack(local, body));

    const stack = await settle(
      local,
      updateStack(local, template({ Stream: { ...stream(), [policy]: 'Retain' } })),
    );

    expect(stack?.StackStatus).toBe('UPDATE_COMPLETE');
  });

  // LocalStack's test_update_with_resource_types, 19-11-2022
  it.each([['AWS::EC2:*'], ['AWS::EC2::*']])(
    'with resources that ResourceTypes %s does not name is refused',
    async (allowed) => {
      const update = createStack(world(), body, { ResourceTypes: [allowed] });

      await expect(update).rejects.toThrow(
        `Resource type AWS::Kinesis::Stream is not allowed by parameter ResourceTypes [${allowed}]`,
      );
    },
  );

  it.each([['AWS::*'], ['AWS::Kinesis::*'], ['AWS::Kinesis::Stream']])(
    'with resources that ResourceTypes %s names is made',
    async (allowed) => {
      const local = world();

      const stack = await settle(local, createStack(local, body, { ResourceTypes: [allowed] }));

      expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    },
  );
});
