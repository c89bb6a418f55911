import {
  type CreateEventSourceMappingRequest,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { awsRequest } from '../../support/aws-request';
import { resourceContext } from '../../support/resource-context';
import { consumerOf, FUNCTION_ARN, READING, STREAM_ARN, TOPIC_ARN } from './support';

const CONSUMER = `${STREAM_ARN}/consumer/fast:1`;

type Input = Partial<CreateEventSourceMappingRequest>;

describe('creating an event source mapping', () => {
  test("answers with AWS's defaults for Kinesis", async () => {
    const { map, client } = await consumerOf();

    const { $metadata, UUID, LastModified, ...created } = await map();

    expect($metadata.httpStatusCode).toBe(202);
    expect(UUID).toMatch(/^[0-9a-f-]{36}$/);
    expect(LastModified).toBeInstanceOf(Date);
    expect(created).toEqual({
      BatchSize: 100,
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: {} },
      EventSourceArn: STREAM_ARN,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`,
      FunctionArn: FUNCTION_ARN,
      FunctionResponseTypes: [],
      LastProcessingResult: 'No records processed',
      MaximumBatchingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
      State: 'Creating',
      StateTransitionReason: 'User action',
      TumblingWindowInSeconds: 0,
    });
    const read = await client.send(new GetEventSourceMappingCommand({ UUID }));
    expect(read).toMatchObject({ ...created, State: expect.any(String) });
  });

  test('keeps what it is given', async () => {
    const { map } = await consumerOf();
    const given: Input = {
      BatchSize: 10_000,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: TOPIC_ARN } },
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"größe":[{"numeric":[">",3]}]}}' }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumBatchingWindowInSeconds: 300,
      MaximumRecordAgeInSeconds: 604_800,
      MaximumRetryAttempts: 10_000,
      ParallelizationFactor: 10,
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: new Date('2026-11-29T10:00:00Z'),
    };

    expect(await map(given)).toMatchObject(given);
  });

  test.each<readonly [string, Input, string, string]>([
    [
      'no source',
      { EventSourceArn: undefined },
      'InvalidParameterValueException',
      'Unrecognized event source.',
    ],
    [
      'no function',
      { FunctionName: 'nobody' },
      'InvalidParameterValueException',
      'Function does not exist',
    ],
    [
      'no version',
      { FunctionName: `${FUNCTION_ARN}:7` },
      'InvalidParameterValueException',
      'Function does not exist',
    ],
    [
      'no stream',
      { EventSourceArn: `${STREAM_ARN}s` },
      'InvalidParameterValueException',
      `Stream not found: ${STREAM_ARN}s`,
    ],
    [
      'no consumer',
      { EventSourceArn: CONSUMER },
      'InvalidParameterValueException',
      `Stream not found: ${CONSUMER}`,
    ],
    [
      'no starting position',
      { StartingPosition: undefined },
      'InvalidParameterValueException',
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ],
    [
      'a wrong starting position',
      { StartingPosition: 'invalid' as never },
      'ValidationException',
      "1 validation error detected: Value 'invalid' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
    ],
    [
      'a batch that is too large',
      { BatchSize: 10_001 },
      'ValidationException',
      "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      'a pattern that is none',
      { FilterCriteria: { Filters: [{ Pattern: '{"data":"x"}' }] } },
      'InvalidParameterValueException',
      'Invalid filter pattern definition.',
    ],
    [
      'a time to come',
      { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: new Date('2100-01-01') },
      'InvalidParameterValueException',
      'StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp that is not in the future.',
    ],
    [
      'an age of a minute at least',
      { MaximumRecordAgeInSeconds: 59 },
      'InvalidParameterValueException',
      'MaximumRecordAgeInSeconds is 59; it can be -1 or from 60 to 604800.',
    ],
    [
      'another source',
      { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs' },
      'NotImplemented',
      'The embedded AWS does not implement event source mappings of sqs: they read streams of Kinesis only.',
    ],
    [
      'tumbling windows',
      { TumblingWindowInSeconds: 30 },
      'NotImplemented',
      'The embedded AWS does not implement TumblingWindowInSeconds of event source mappings.',
    ],
    [
      'a queue as destination',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:0:dead' } } },
      'NotImplemented',
      'The embedded AWS does not implement on-failure destinations of event source mappings other than SNS: arn:aws:sqs:us-east-1:0:dead.',
    ],
    [
      'metrics',
      { MetricsConfig: { Metrics: ['EventCount'] } },
      'NotImplemented',
      'The embedded AWS does not implement the parameter MetricsConfig of lambda:CreateEventSourceMapping.',
    ],
  ])('is refused: %s', async (_what, input, name, message) => {
    const { map } = await consumerOf();

    await expect(map(input)).rejects.toMatchObject({ name, message });
  });

  test.each([
    ['no JSON', '{"EventSourceArn"', 'Could not parse request body into json'],
    ['a list', '[]', 'Start of list found where not expected'],
    [
      'a text for a number',
      '{"FunctionName":"consumer","BatchSize":"7"}',
      'class java.lang.String can not be converted to an Integer',
    ],
  ])('is refused for a body that is %s', async (_what, body, Message) => {
    const { lambda } = await consumerOf();

    const answer = await lambda.handle(
      awsRequest({ method: 'POST', path: '/2015-03-31/event-source-mappings/', body }),
    );

    expect(answer).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'SerializationException' },
      body: JSON.stringify({ Message }),
    });
  });

  test('is refused for the same stream and function, in the words that users quote', async () => {
    const { map } = await consumerOf();
    const { UUID } = await map();

    await expect(map({ StartingPosition: 'LATEST' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
      message: `The event source arn (" ${STREAM_ARN} ") and function (" consumer ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    });
  });
});

describe("the rights of the function's role", () => {
  const REFUSAL = `Cannot access stream ${STREAM_ARN}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`;

  test.each([
    ['what the Serverless Framework grants', READING],
    [
      'DescribeStreamSummary instead of DescribeStream',
      ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStreamSummary'],
    ],
  ])('are enough: %s', async (_what, actions) => {
    const { map } = await consumerOf({ actions });

    expect(await map()).toMatchObject({ State: 'Creating' });
  });

  test.each(['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream'])(
    'are not enough without %s',
    async (lacking) => {
      const { map } = await consumerOf({ actions: READING.filter((name) => name !== lacking) });

      await expect(map()).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
        message: REFUSAL,
      });
    },
  );

  test('have to contain publishing, with an on-failure destination', async () => {
    const { map } = await consumerOf({ actions: READING });

    await expect(
      map({ DestinationConfig: { OnFailure: { Destination: TOPIC_ARN } } }),
    ).rejects.toMatchObject({
      message: `The function's execution role does not have permissions to call Publish on ${TOPIC_ARN}`,
    });
  });
});

describe('changing an event source mapping', () => {
  test('leaves what it does not mention, and takes away what is empty', async () => {
    const { map, client, advance } = await consumerOf();
    const { UUID } = await map({
      BatchSize: 7,
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"a":[1]}}' }] },
      DestinationConfig: { OnFailure: { Destination: TOPIC_ARN } },
    });
    advance(1_000);

    const updated = await client.send(
      new UpdateEventSourceMappingCommand({
        UUID,
        MaximumRetryAttempts: 3,
        FilterCriteria: {},
        DestinationConfig: { OnFailure: {} },
      }),
    );

    expect(updated).toMatchObject({
      State: 'Updating',
      BatchSize: 7,
      MaximumRetryAttempts: 3,
      DestinationConfig: { OnFailure: {} },
    });
    expect(updated).not.toHaveProperty('FilterCriteria');
  });

  test('goes through the states of AWS', async () => {
    const { map, client, advance } = await consumerOf();
    const { UUID } = await map({ Enabled: false });
    const states: (string | undefined)[] = [];
    const note = async (change: Promise<{ State?: string | undefined }>) => {
      states.push((await change).State);
      advance(1_000);
      const found = client.send(new GetEventSourceMappingCommand({ UUID }));
      states.push(
        await found.then(
          ({ State }) => State,
          ({ name }) => name,
        ),
      );
    };

    advance(1_000);
    await note(client.send(new GetEventSourceMappingCommand({ UUID })));
    await note(client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true })));
    await note(client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false })));
    await note(client.send(new DeleteEventSourceMappingCommand({ UUID })));

    expect(states).toEqual([
      'Disabled',
      'Disabled',
      'Enabling',
      'Enabled',
      'Disabling',
      'Disabled',
      'Deleting',
      'ResourceNotFoundException',
    ]);
  });

  test.each([
    ['update', (UUID: string | undefined) => new UpdateEventSourceMappingCommand({ UUID })],
    ['delete', (UUID: string | undefined) => new DeleteEventSourceMappingCommand({ UUID })],
  ])('has to wait for the last change: %s', async (change, command) => {
    const { map, client } = await consumerOf();
    const { UUID } = await map();

    await expect(
      client.send(command(UUID) as UpdateEventSourceMappingCommand),
    ).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Cannot ${change} the event source mapping because it is in use.`,
    });
  });

  test('is refused for an id that there is not', async () => {
    const { client } = await consumerOf();

    for (const Command of [
      GetEventSourceMappingCommand,
      UpdateEventSourceMappingCommand,
      DeleteEventSourceMappingCommand,
    ]) {
      await expect(client.send(new Command({ UUID: 'x' }) as never)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'The resource you requested does not exist.',
      });
    }
  });
});

test('a mapping outlives its function', async () => {
  const { map, client, fn, advance } = await consumerOf();
  const { UUID } = await map();
  advance(1_000);
  await fn.delete(resourceContext(), 'consumer', {});

  expect(await client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Enabled',
    FunctionArn: FUNCTION_ARN,
  });
});

test('mappings are listed by stream and by function, a page at a time', async () => {
  const { map, client, kinesis, lambda } = await consumerOf();
  const caller = resourceContext().caller;
  kinesis.invoke(caller, 'CreateStream', { StreamName: 'clicks', ShardCount: 1 });
  lambda.store(caller).publish('consumer', '', undefined);
  const clicks = STREAM_ARN.replace('orders', 'clicks');
  const made = [
    await map(),
    await map({ FunctionName: 'consumer:1' }),
    await map({ EventSourceArn: clicks }),
  ].map(({ UUID }) => UUID);
  const list = async (input: object) => {
    const { EventSourceMappings = [], NextMarker } = await client.send(
      new ListEventSourceMappingsCommand(input),
    );
    return { found: EventSourceMappings.map(({ UUID }) => made.indexOf(UUID)), NextMarker };
  };

  expect((await list({})).found).toEqual([0, 1, 2]);
  expect((await list({ EventSourceArn: STREAM_ARN })).found).toEqual([0, 1]);
  expect((await list({ FunctionName: FUNCTION_ARN })).found).toEqual([0, 1, 2]);
  expect((await list({ FunctionName: 'other' })).found).toEqual([]);
  const first = await list({ MaxItems: 2 });
  expect(first.found).toEqual([0, 1]);
  expect((await list({ Marker: first.NextMarker })).found).toEqual([2]);
});
