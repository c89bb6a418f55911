import { discardMessage } from '../../../src/lambda/event-source/discarded';
import { recordsOf } from './records';

const PLACE = { functionArn: 'arn:f', shardId: 'shardId-000000000000', streamArn: 'arn:s' };
const BATCH_INFO = {
  shardId: 'shardId-000000000000',
  startSequenceNumber: '1',
  endSequenceNumber: '3',
  approximateArrivalOfFirstRecord: '1970-01-01T00:00:00.000Z',
  approximateArrivalOfLastRecord: '1970-01-01T00:00:02.000Z',
  batchSize: 3,
  streamArn: 'arn:s',
};

describe('the message to an on-failure destination', () => {
  test.each([
    [true, 'Unhandled'],
    [false, null],
  ])('of a batch whose last call failed: %s', (failed, functionError) => {
    const result = { requestId: 'id', version: '3', failed, payload: 'null' };

    const message = discardMessage(
      { condition: 'RetryAttemptsExhausted', records: recordsOf(3), calls: 4, result },
      PLACE,
      0,
    );

    expect(message).toBe(
      JSON.stringify({
        requestContext: {
          requestId: 'id',
          functionArn: 'arn:f',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 4,
        },
        responseContext: { statusCode: 200, executedVersion: '3', functionError },
        version: '1.0',
        timestamp: '1970-01-01T00:00:00.000Z',
        KinesisBatchInfo: BATCH_INFO,
      }),
    );
  });

  test('of records that were too old before any call', () => {
    const message = JSON.parse(
      discardMessage(
        { condition: 'RecordAgeExceeded', records: recordsOf(3), calls: 0, result: undefined },
        PLACE,
        0,
      ),
    );

    expect(message).toEqual({
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: 'arn:f',
        condition: 'RecordAgeExceeded',
        approximateInvokeCount: 1,
      },
      version: '1.0',
      timestamp: '1970-01-01T00:00:00.000Z',
      KinesisBatchInfo: BATCH_INFO,
    });
  });
});
