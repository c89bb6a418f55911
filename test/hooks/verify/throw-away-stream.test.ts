import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ResourceInUseException,
  ResourceNotFoundException,
  type StreamStatus,
} from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { deleteStream } from '../../../hooks/verify/throw-away-stream';
import { ofThisFile } from '../../support/of-this-file';

const kinesis = ofThisFile(mockClient(KinesisClient));
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
