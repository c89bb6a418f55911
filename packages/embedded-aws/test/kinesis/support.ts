import type { KinesisAction, KinesisAnswer, KinesisError } from 'dev-kit/testing/kinesis-answers';
import type { Caller } from '../../src/core/caller';
import { createKinesis, type Kinesis, type KinesisOptions } from '../../src/kinesis';
import { awsRequest, testCaller } from '../support/aws-request';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** A response's status and parsed body; undefined if the body is empty. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
}

/** A Kinesis with a manual clock, called over its wire format. */
export class TestKinesis {
  now = Date.UTC(2026, 0, 15, 12, 0, 0, 250);
  readonly kinesis: Kinesis;

  constructor(options: KinesisOptions = {}) {
    this.kinesis = createKinesis({ now: () => this.now, ...options });
  }

  /** Sends a request and returns its response. */
  send<Action extends KinesisAction>(
    action: Action,
    input: unknown,
    caller?: Caller,
  ): Promise<Answer<KinesisAnswer<Action> & KinesisError>>;
  send(action: string, input: unknown, caller?: Caller): Promise<Answer<KinesisError>>;
  async send(action: string, input: unknown, caller: Caller = testCaller): Promise<Answer> {
    const body = typeof input === 'string' ? input : JSON.stringify(input);
    const { status, body: answer } = await this.kinesis.handle(
      awsRequest({
        caller,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `Kinesis_20131202.${action}`,
        },
        body,
      }),
    );
    const text = answer.toString();
    return { status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** Sends a request that must succeed. */
  ok<Action extends KinesisAction>(
    action: Action,
    input: unknown,
    caller?: Caller,
  ): Promise<KinesisAnswer<Action>>;
  ok(action: string, input: unknown, caller?: Caller): Promise<unknown>;
  async ok(action: string, input: unknown, caller?: Caller): Promise<unknown> {
    const { status, body } = await this.send(action, input, caller);
    if (status === 200) return body;
    throw new Error(`${action} answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Advances the clock. */
  advance(milliseconds: number): void {
    this.now += milliseconds;
  }

  /** Creates a stream and waits until it is ACTIVE. */
  async stream(name: string, ShardCount = 1): Promise<string> {
    await this.ok('CreateStream', { StreamName: name, ShardCount });
    this.advance(1_000);
    return streamArn(name);
  }

  async put(StreamName: string, PartitionKey: string, text: string) {
    return this.ok('PutRecord', { StreamName, PartitionKey, Data: base64(text) });
  }

  async iterator(StreamName: string, shard: number, more: object = {}): Promise<string> {
    const { ShardIterator } = await this.ok('GetShardIterator', {
      StreamName,
      ShardId: shardId(shard),
      ShardIteratorType: 'TRIM_HORIZON',
      ...more,
    });
    return ShardIterator;
  }

  /** The records of one shard as text. */
  async texts(StreamName: string, shard = 0, more: object = {}): Promise<string[]> {
    const ShardIterator = await this.iterator(StreamName, shard, more);
    const { Records } = await this.ok('GetRecords', { ShardIterator });
    return Records.map(({ Data }) => Buffer.from(Data, 'base64').toString());
  }

  async describe(StreamName: string) {
    return (await this.ok('DescribeStream', { StreamName })).StreamDescription;
  }
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');

export const shardId = (index: number) => `shardId-${String(index).padStart(12, '0')}`;

export const streamArn = (name: string, account = ACCOUNT) =>
  `arn:aws:kinesis:${REGION}:${account}:stream/${name}`;

/** The response with an error. */
export const error = (type: string, message: string) => ({
  status: 400,
  body: { __type: type, message },
});

export const notFound = (name: string) =>
  error('ResourceNotFoundException', `Stream ${name} under account ${ACCOUNT} not found.`);

/** The ValidationException for violations: `at('streamName', "''", 'Member must …')`. */
export const invalid = (...violations: readonly string[]) =>
  error(
    'ValidationException',
    `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ` +
      violations.join('; '),
  );

export const at = (path: string, value: string, constraint: string) =>
  `Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;

export const isNull = (path: string) => at(path, 'null', 'Member must not be null');

const NAME_PATTERN = 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+';

/** The violations of an empty name. */
export const emptyName = (path: string) => [
  at(path, "''", NAME_PATTERN),
  at(path, "''", 'Member must have length greater than or equal to 1'),
];

const NUMBER = 'com.amazon.coral.value.json.numbers.TruncatingBigNumber';
const LIST = 'Start of list found where not expected';
const STRUCTURE = 'Start of structure or map found where not expected.';

/** By expected type: values of wrong types, and the live service's errors for them. */
const MISTYPED = {
  String: [
    [true, 'class java.lang.Boolean can not be converted to an String'],
    [34.56, `class ${NUMBER} can not be converted to an String`],
    [[], LIST],
    [{}, STRUCTURE],
  ],
  Integer: [
    ['23', 'class java.lang.String can not be converted to an Integer'],
    [true, 'class java.lang.Boolean can not be converted to an Integer'],
    [[], LIST],
    [{}, STRUCTURE],
  ],
  Boolean: [
    ['maybe', "'MAYBE' can not be converted to an Boolean"],
    [1, `class ${NUMBER} can not be converted to an Boolean`],
    [[], LIST],
    [{}, STRUCTURE],
  ],
  Timestamp: [
    ['2026', 'class java.lang.String can not be converted to milliseconds since epoch'],
    [true, 'class java.lang.Boolean can not be converted to milliseconds since epoch'],
    [[], LIST],
    [{}, STRUCTURE],
  ],
  Blob: [
    [true, 'class java.lang.Boolean can not be converted to a Blob'],
    [23, `class ${NUMBER} can not be converted to a Blob`],
    [[], LIST],
    [{}, STRUCTURE],
    [
      '23456',
      "'23456' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5",
    ],
    ['=+/=', "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='"],
    [
      '+/+=',
      "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected",
    ],
    ['YQ-a', "'YQ-a' can not be converted to a Blob: Invalid Base64 character: '-'"],
    ['YQ_a', "'YQ_a' can not be converted to a Blob: Invalid Base64 character: '_'"],
  ],
  List: [
    ['23', 'Expected list or null'],
    [true, 'Expected list or null'],
    [{}, STRUCTURE],
  ],
  Map: [
    ['23', 'Expected map or null'],
    [23, 'Expected map or null'],
    [[], LIST],
  ],
  Structure: [
    ['23', 'Expected null'],
    [true, 'Expected null'],
    [[], LIST],
  ],
} as const satisfies Record<string, readonly (readonly [unknown, string])[]>;

/**
 * Declares the type tests of an action: each member, given by its path, refuses other types. A path
 * may contain list indexes: `Records.0.Data`.
 */
export function describeTypes(
  action: string,
  members: Readonly<Record<string, keyof typeof MISTYPED>>,
): void {
  describe('serialization', () => {
    const cases = Object.entries(members).flatMap(([path, type]) =>
      MISTYPED[type].map(([value, message]) => [path, JSON.stringify(value), message] as const),
    );
    test.each(cases)('%s refuses %s', async (path, value, message) => {
      const answer = await new TestKinesis().send(
        action,
        nested(path.split('.'), JSON.parse(value)),
      );
      expect(answer).toEqual({
        status: 400,
        body: { __type: 'SerializationException', Message: message },
      });
    });
  });
}

/** An invalid input, and the response to it. */
export type Refusal = readonly [what: string, input: unknown, answer: Answer];

/** Declares the tests of inputs that an action refuses if there is a stream `s`. */
export function testRefusals(action: string, refusals: readonly Refusal[]): void {
  test.each(refusals)('refuses %s', async (_what, input, answer) => {
    const kinesis = new TestKinesis();
    await kinesis.stream('s');

    expect(await kinesis.send(action, input)).toEqual(answer);
  });
}

function nested([head = '', ...rest]: readonly string[], value: unknown): unknown {
  const inner = rest.length === 0 ? value : nested(rest, value);
  return head === '0' ? [inner] : { [head]: inner };
}
