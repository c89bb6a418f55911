import * as sdk from '@aws-sdk/client-kinesis';
import { OPERATIONS } from '../../src/kinesis/operations';
import { TestKinesis } from './support';

/** Channels: the service's own delivery of records to S3. */
const REFUSED = [
  'CreateChannel',
  'DeleteChannel',
  'DescribeChannel',
  'ListChannels',
  'UpdateChannel',
] as const;

test("every operation of the SDK's client is implemented, or refused by name", () => {
  const commands = Object.keys(sdk)
    .filter((name) => name.endsWith('Command'))
    .map((name) => name.slice(0, -'Command'.length));

  expect([...Object.keys(OPERATIONS), ...REFUSED].sort()).toEqual(
    commands.filter((name) => name !== '$').sort(),
  );
});

test.each(REFUSED)('%s', async (action) => {
  expect(await new TestKinesis().send(action, {})).toEqual({
    status: 400,
    body: {
      __type: 'UnknownOperationException',
      message: `The embedded AWS does not implement kinesis:${action}.`,
    },
  });
});
