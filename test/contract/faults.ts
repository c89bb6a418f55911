import type { Fault } from 'embedded-aws/kinesis';
import { AwsError } from 'embedded-aws/kinesis';
import { errorsOf } from '../../resources/openapi/errors';
import type { Action } from '../../resources/routes';
import type { CaseRequest, ContractCase, Holds, World } from './case';

/** A request of each action that Kinesis would take. */
const GOOD_REQUESTS: Readonly<
  Record<Action, (world: World) => CaseRequest | Promise<CaseRequest>>
> = {
  ListStreams: () => ({}),
  DescribeStream: () => ({}),
  CreateStream: (world) => ({ stream: world.newName(), body: { ShardCount: 1 } }),
  DeleteStream: () => ({}),
  PutRecord: () => ({ body: { Data: 'text', PartitionKey: 'key' } }),
  PutRecords: () => ({ body: { records: [{ data: 'text', 'partition-key': 'key' }] } }),
  ListShards: () => ({}),
  GetShardIterator: ({ record }) => ({ query: { 'shard-id': record.shardId } }),
  GetRecords: async (world) => ({
    query: { 'shard-iterator': await world.iterator({ 'shard-id': world.record.shardId }) },
  }),
};

/** What Kinesis says where a fault stands for it. */
const SAID = 'What "Kinesis" says; é 漢 🎉 \\ \n it\'s';
/** The statuses that Kinesis answers with: 400 for nearly everything. */
const OWN_STATUS: Readonly<Record<string, number>> = {
  InternalFailure: 500,
  InternalFailureException: 500,
  ServiceUnavailable: 503,
};
const TOO_LARGE = Buffer.alloc(10_485_761, ' ');

const html = (status: number): Fault => ({
  answer: { status, headers: { 'content-type': 'text/html' }, body: '<html>Sorry</html>' },
});

/** What every route makes of each way in which Kinesis can fail it. */
export function faultCases(action: Action): ContractCase[] {
  const request = GOOD_REQUESTS[action];
  const told = errorsOf(action)
    .filter(({ from }) => from !== 'gateway')
    .map(({ code, status }) => ({
      title: `Kinesis answers ${code}`,
      status,
      code,
      request,
      fault: { error: new AwsError(code, SAID, { status: OWN_STATUS[code] ?? 400 }) },
      holds: messageIs(SAID),
    }));
  return [
    ...told,
    {
      title: 'Kinesis names its error with a namespace',
      status: 502,
      code: 'InternalFailure',
      request,
      fault: {
        error: new AwsError('com.amazon.coral.service#InternalFailure', '', { status: 500 }),
      },
      holds: messageIs(''),
    },
    ...[403, 503].map((status) => ({
      title: `something in front of Kinesis answers HTML (${status})`,
      status: 502,
      code: 'BadGateway',
      request,
      fault: html(status),
      holds: messageIs('What came back is no answer of Kinesis.'),
    })),
    {
      title: "Kinesis's answer is larger than the gateway takes",
      status: 500,
      code: 'API_CONFIGURATION_ERROR',
      request,
      fault: { answer: { status: 200, headers: {}, body: TOO_LARGE } },
    },
    {
      title: 'Kinesis does not answer in time',
      status: 504,
      code: 'INTEGRATION_TIMEOUT',
      request,
      fault: { delayMs: 60_000 },
    },
  ];
}

function messageIs(message: string): Holds {
  return ({ json }) => expect(json).toMatchObject({ message });
}
