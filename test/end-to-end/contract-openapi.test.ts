import { inOrder } from 'dev-kit/testing/in-order';
import type { Fault } from 'embedded-aws/kinesis';
import { AwsError } from 'embedded-aws/kinesis';
import openapi from '../../openapi.json';
import type { EndpointId } from '../../resources/endpoints';
import { type Api, send } from '../contract/api';
import { type CaseRequest, members } from '../contract/case';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// Every example of openapi.json, sent to the deployed API: what comes back is the example's answer,
// but for what Kinesis makes up anew each time.

const test = inOrder();

/** One example, read out of the document alone. */
interface Replay {
  readonly action: EndpointId;
  readonly name: string;
  readonly status: number;
  readonly request: CaseRequest;
  readonly answer: unknown;
}

type Examples = Readonly<Record<string, { readonly value: unknown }>>;
interface Operation {
  readonly operationId: EndpointId;
  readonly parameters: readonly { name: string; in: string; examples?: Examples }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { examples?: Examples }>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { examples?: Examples }>> }>
  >;
}

const operations = Object.values<object>(openapi.paths).flatMap(
  (methods) => Object.values(methods) as Operation[],
);

const replays: readonly Replay[] = operations.flatMap((operation) =>
  Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Object.entries(content['application/json']?.examples ?? {}).map(([name, { value }]) => ({
      action: operation.operationId,
      name,
      status: Number(status),
      request: requestOf(operation, name),
      answer: value,
    })),
  ),
);

function requestOf({ parameters, requestBody }: Operation, name: string): CaseRequest {
  const place = (where: string) =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === where && parameter.examples?.[name])
        .map((parameter) => [parameter.name, String(parameter.examples?.[name]?.value)]),
    );
  const [body] = Object.entries(requestBody?.content ?? {}).filter(
    ([, { examples }]) => examples?.[name],
  );
  return {
    stream: place('path')['stream-name'],
    query: place('query'),
    headers: place('header'),
    ...(body && { contentType: body[0], body: body[1].examples?.[name]?.value }),
  };
}

/** Members whose values Kinesis makes up; in examples they only look like them. */
const MADE_UP = new Set([
  'ApproximateArrivalTimestamp',
  'MillisBehindLatest',
  'NextShardIterator',
  'NextToken',
  'SequenceNumber',
  'ShardIterator',
  'StartingSequenceNumber',
  'StreamCreationTimestamp',
  'requestId',
]);

/** The value with what is made up told by its type alone, and every account the same. */
function comparable(value: unknown, name = ''): unknown {
  if (MADE_UP.has(name)) return typeof value;
  if (Array.isArray(value)) return value.map((item) => comparable(item));
  if (typeof value === 'string') return value.replace(/(?<=:|account )\d{12}\b/g, 'ACCOUNT');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, comparable(inner, member)]),
  );
}

let stage: DeployedStage;
let api: Api;
let firstSequenceNumber: string;

beforeAll(async () => {
  stage = await deployedStage();
  const invokeUrl = await stage.deploy();
  api = { invokeUrl, sign: async (request) => request };
  // The examples expect two streams, and a record in the first shard of one.
  await createStream('customers');
  await createStream('orders');
  const record = { Data: 'Another message', PartitionKey: 'partition-2', ExplicitHashKey: '0' };
  const { json } = await send(api, 'PutRecord', { stream: 'orders', body: record });
  firstSequenceNumber = String(members(json).SequenceNumber);
});
afterAll(() => stage.stop());

async function createStream(stream: string): Promise<void> {
  await send(api, 'CreateStream', { stream, body: { ShardCount: 2 } });
  let status: unknown;
  while (status !== 'ACTIVE') {
    const { json } = await send(api, 'DescribeStream', { stream });
    status = members(members(json).StreamDescription).StreamStatus;
  }
}

async function iterator(): Promise<string> {
  const query = { 'shard-id': 'shardId-000000000000' };
  const { json } = await send(api, 'GetShardIterator', { stream: 'orders', query });
  return String(members(json).ShardIterator);
}

/** Parameters whose values Kinesis hands out: those of the example are long gone. */
const HANDED_OUT: Readonly<Record<string, () => Promise<string>>> = {
  'shard-iterator': iterator,
  'Shard-Iterator': iterator,
  'starting-sequence-number': async () => firstSequenceNumber,
  'next-token': async () => {
    const { json } = await send(api, 'ListStreams', { query: { limit: '1' } });
    return String(members(json).NextToken);
  },
};

async function renewed(values: Readonly<Record<string, string>> = {}) {
  const pairs = Object.entries(values).map(async ([name, value]) => [
    name,
    (await HANDED_OUT[name]?.()) ?? value,
  ]);
  return Object.fromEntries(await Promise.all(pairs));
}

/** The fault of Kinesis that produces the example's answer. */
function faultFor({ status, answer }: Replay): Fault | undefined {
  if (status === 207) return { throttledShare: 0.5 };
  if (status !== 429) return undefined;
  const { code, message } = members(answer);
  return { error: new AwsError(String(code), String(message)) };
}

test('every route has an example of an answer that is as wished', () => {
  const good = replays.filter(({ status }) => status === 200).map(({ action }) => action);
  expect(new Set(good)).toEqual(new Set(operations.map(({ operationId }) => operationId)));
});

test.each(replays)('$action, $name: $status', async (replay) => {
  const { action, status, request, answer } = replay;
  if (action === 'DeleteStream' && status === 200) await createStream(request.stream ?? '');
  const whole =
    status < 400
      ? {
          ...request,
          query: await renewed(request.query),
          headers: await renewed(request.headers),
        }
      : request;
  const fault = faultFor(replay);
  stage.fail(() => fault);
  // Of two records, half of which are refused: the first is taken and the second is not.
  const chance = jest.spyOn(Math, 'random').mockReturnValueOnce(0.9).mockReturnValueOnce(0.1);

  const actual = await send(api, action, whole);

  chance.mockRestore();
  stage.fail(undefined);
  expect({ status: actual.status, body: comparable(actual.json) }).toEqual({
    status,
    body: comparable(answer),
  });
});
