import { GetEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { handlerFor, resourceContext } from '../../support/resource-context';
import { consumerOf, FUNCTION_ARN, STREAM_ARN } from './support';

const PROPERTIES = {
  // As the Serverless Framework writes them for `- stream: <arn>`.
  BatchSize: 10,
  Enabled: true,
  EventSourceArn: STREAM_ARN,
  FunctionName: FUNCTION_ARN,
  StartingPosition: 'TRIM_HORIZON',
};

async function stack() {
  const consumer = await consumerOf();
  const mapping = handlerFor(consumer.handlers, 'AWS::Lambda::EventSourceMapping');
  const read = (UUID: string) => consumer.client.send(new GetEventSourceMappingCommand({ UUID }));
  return { ...consumer, mapping, read };
}

describe('AWS::Lambda::EventSourceMapping', () => {
  test('is enabled when it is created', async () => {
    const { mapping, read } = await stack();

    const { physicalId, attributes } = await mapping.create(resourceContext(), PROPERTIES);

    expect(attributes).toEqual({
      Id: physicalId,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${physicalId}`,
    });
    expect(await read(physicalId)).toMatchObject({ State: 'Enabled', BatchSize: 10 });
  });

  test('is updated in place, and what a template no longer says goes back to its default', async () => {
    const { mapping, read } = await stack();
    const before = {
      ...PROPERTIES,
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"a":[1]}}' }] },
    };
    const { physicalId } = await mapping.create(resourceContext(), before);

    const { BatchSize: _ten, ...after } = { ...PROPERTIES, Enabled: 'false' };
    await mapping.update(resourceContext(), physicalId, after, before);

    const updated = await read(physicalId);
    expect(updated).toMatchObject({ State: 'Disabled', BatchSize: 100 });
    expect(updated).not.toHaveProperty('FilterCriteria');
  });

  test('takes a time in seconds', async () => {
    const { mapping, read } = await stack();

    const { physicalId } = await mapping.create(resourceContext(), {
      ...PROPERTIES,
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: '1767225600.5',
    });

    expect((await read(physicalId)).StartingPositionTimestamp).toEqual(
      new Date('2026-01-01T00:00:00.500Z'),
    );
  });

  test('cannot be replaced while the one before is there: its StartingPosition cannot change', async () => {
    const { mapping } = await stack();
    await mapping.create(resourceContext(), PROPERTIES);

    expect(() =>
      mapping.create(resourceContext(), { ...PROPERTIES, StartingPosition: 'LATEST' }),
    ).toThrow(/provided mapping already exists/);
  });

  test('is gone when it is deleted, and may be deleted twice', async () => {
    const { mapping, read } = await stack();
    const { physicalId } = await mapping.create(resourceContext(), PROPERTIES);

    await mapping.delete(resourceContext(), physicalId, PROPERTIES);
    await mapping.delete(resourceContext(), physicalId, PROPERTIES);

    await expect(read(physicalId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await mapping.create(resourceContext(), PROPERTIES);
  });

  test.each([
    [
      { Queues: ['q'] },
      'The embedded AWS does not implement the property Queues of AWS::Lambda::EventSourceMapping.',
    ],
    [
      { TumblingWindowInSeconds: 5 },
      'The embedded AWS does not implement TumblingWindowInSeconds of event source mappings.',
    ],
    [
      { ParallelizationFactor: 11 },
      "1 validation error detected: Value '11' at 'parallelizationFactor' failed to satisfy constraint: Member must have value less than or equal to 10",
    ],
  ])('refuses %j', async (more, message) => {
    const { mapping } = await stack();

    expect(() => mapping.create(resourceContext(), { ...PROPERTIES, ...more })).toThrow(message);
  });

  test("needs the caller's rights on mappings", async () => {
    const { mapping } = await stack();
    const asked: unknown[] = [];
    const caller = {
      ...resourceContext().caller,
      authorize: (...about: unknown[]) => asked.push(about),
    };

    const { physicalId } = await mapping.create(
      resourceContext({ caller: caller as never }),
      PROPERTIES,
    );

    const arn = `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${physicalId}`;
    expect(asked).toEqual([
      ['lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': FUNCTION_ARN }],
      ['lambda:GetEventSourceMapping', arn, undefined],
    ]);
  });
});
