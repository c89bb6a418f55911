import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type StreamStatus,
} from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { deleteStream, throwAwayName } from '../../../hooks/verify/throw-away-stream';

const kinesis = mockClient(KinesisClient);
const client = new KinesisClient({ region: 'us-east-1' });
const signal = new AbortController().signal;
const notFound = new ResourceNotFoundException({ message: 'not found', $metadata: {} });
const summary = (status: StreamStatus) => ({
  StreamDescriptionSummary: {
    StreamName: 's',
    StreamARN: 'arn',
    StreamStatus: status,
    RetentionPeriodHours: 24,
    StreamCreationTimestamp: new Date(0),
    EnhancedMonitoring: [],
    OpenShardCount: 1,
  },
});

beforeEach(() => kinesis.reset());

describe('name', () => {
  test('no two runs have the same', () => {
    expect(throwAwayName('*', 'dev')).not.toBe(throwAwayName('*', 'dev'));
    expect(throwAwayName('*', 'dev')).toMatch(/^verify-dev-[0-9a-z]+-[0-9a-f]{8}$/);
  });

  test.each([
    ['orders-*', /^orders-verify-dev-[0-9a-z]+-[0-9a-f]{8}$/],
    ['*-eu', /^verify-dev-[0-9a-z]+-[0-9a-f]{8}-eu$/],
    ['a*b*c?', /^averify-dev-[0-9a-z]+-[0-9a-f]{8}bcx$/],
  ])("it is one that the stage's pattern %s allows", (pattern, expected) => {
    expect(throwAwayName(pattern, 'dev')).toMatch(expected);
  });

  test('a stage of exactly one stream is refused: that stream must not be touched', () => {
    expect(() => throwAwayName('orders', 'dev')).toThrow("only the stream 'orders'");
  });

  test('a pattern that leaves no room is refused', () => {
    expect(() => throwAwayName(`${'x'.repeat(127)}*`, 'dev')).toThrow('leaves no room');
  });
});

describe('deletion', () => {
  test('waits until the stream is gone', async () => {
    kinesis
      .on(DescribeStreamSummaryCommand)
      .resolvesOnce(summary('ACTIVE'))
      .resolvesOnce(summary('DELETING'))
      .rejects(notFound);
    kinesis.on(DeleteStreamCommand).resolves({});

    await deleteStream(client, 's', signal);

    expect(kinesis.commandCalls(DeleteStreamCommand)).toHaveLength(1);
    expect(kinesis.commandCalls(DescribeStreamSummaryCommand)).toHaveLength(3);
  });

  test('one that never was is no error', async () => {
    kinesis.on(DescribeStreamSummaryCommand).rejects(notFound);

    await deleteStream(client, 's', signal);

    expect(kinesis.commandCalls(DeleteStreamCommand)).toHaveLength(0);
  });

  test('one that is still being created is asked again', async () => {
    kinesis
      .on(DescribeStreamSummaryCommand)
      .resolvesOnce(summary('CREATING'))
      .resolvesOnce(summary('ACTIVE'))
      .rejects(notFound);
    kinesis
      .on(DeleteStreamCommand)
      .rejectsOnce(new ResourceInUseException({ message: 'creating', $metadata: {} }))
      .resolves({});

    await deleteStream(client, 's', signal);

    expect(kinesis.commandCalls(DeleteStreamCommand)).toHaveLength(2);
  });

  test('any other refusal is told', async () => {
    kinesis.on(DescribeStreamSummaryCommand).resolves(summary('ACTIVE'));
    kinesis.on(DeleteStreamCommand).rejects(new Error('not authorized'));

    await expect(deleteStream(client, 's', signal)).rejects.toThrow('not authorized');
  });
});
