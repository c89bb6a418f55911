import type { Schema } from '../openapi/schema';
import { EMPTY_ANSWER } from './shared/answers';
import { defineEndpoint } from './shared/endpoint';
import { ACCOUNT, error } from './shared/example-values';

const MODES = ['PROVISIONED', 'ON_DEMAND'] as const;

const ON_DEMAND: Schema = { type: 'string', enum: ['ON_DEMAND'] };

/** On-demand streams accept no shard count, whichever member sets the mode. */
const COUNT_AND_ON_DEMAND: Schema = {
  anyOf: [
    { required: ['ShardCount', 'StreamMode'], properties: { StreamMode: ON_DEMAND } },
    {
      required: ['ShardCount', 'StreamModeDetails'],
      properties: { StreamModeDetails: { type: 'object', properties: { StreamMode: ON_DEMAND } } },
    },
  ],
};

export const createStream = defineEndpoint({
  id: 'CreateStream',
  method: 'POST',
  path: '/streams/{stream-name}',
  action: 'CreateStream',
  grantedOn: 'streams',
  streamFrom: 'path',
  managesStreams: true,
  tag: 'Streams',
  summary: 'Create a stream',
  description:
    'Creates a stream, which takes up to a minute: it can be used once its description says `ACTIVE`. Without a body it has five shards. `ShardCount` cannot be sent together with the mode `ON_DEMAND`: such a stream grows with its traffic.',
  requests: {
    'application/json': {
      template: 'CreateStream.request',
      body: {
        type: 'object',
        not: COUNT_AND_ON_DEMAND,
        properties: {
          ShardCount: {
            description:
              'Number of shards, 5 by default. Leave it out for a stream whose mode is ON_DEMAND: together they are refused',
            anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }, { enum: [''] }],
            // null and "" are accepted but undocumented: new clients should omit the member.
            documentedAs: { type: 'integer', minimum: 1 },
          },
          StreamMode: {
            description: 'PROVISIONED by default, also where it is null or empty',
            // A type, not an enum value: CloudFormation templates cannot contain null.
            anyOf: [{ enum: [...MODES, ''] }, { type: 'null' }],
          },
          StreamModeDetails: {
            description: "Kinesis's own spelling of the mode",
            type: 'object',
            required: ['StreamMode'],
            properties: { StreamMode: { enum: MODES } },
          },
        },
      },
      good: { ShardCount: 1 },
    },
    'application/x-amz-json-1.1': {
      template: 'CreateStream.kinesis',
      body: {
        type: 'object',
        not: COUNT_AND_ON_DEMAND,
        properties: {
          ShardCount: {
            description: 'Number of shards; required unless the mode is ON_DEMAND',
            type: 'integer',
            minimum: 1,
          },
          StreamModeDetails: {
            description: 'The mode: PROVISIONED by default, or ON_DEMAND',
            type: 'object',
            required: ['StreamMode'],
          },
        },
      },
      good: { ShardCount: 1 },
    },
  },
  answer: EMPTY_ANSWER,
  errors: ['SerializationException', 'ResourceInUseException'],
  examples: [
    {
      name: 'two-shards',
      summary: 'A stream of two shards',
      stream: 'invoices',
      body: { ShardCount: 2 },
      status: 200,
      answer: {},
    },
    {
      name: 'five-shards',
      summary: 'Without a body the stream has five shards',
      stream: 'payments',
      status: 200,
      answer: {},
    },
    {
      name: 'on-demand',
      summary: 'A stream that grows with its traffic',
      stream: 'clicks',
      body: { StreamMode: 'ON_DEMAND' },
      status: 200,
      answer: {},
    },
    {
      name: 'already-exists',
      summary: 'A stream of that name already exists',
      body: { ShardCount: 2 },
      status: 409,
      answer: error(
        'ResourceInUseException',
        `Stream orders under account ${ACCOUNT} already exists.`,
      ),
    },
    {
      name: 'nearly-a-member',
      summary: 'A member that is nearly one of these is refused, as it would make five shards',
      stream: 'invoices',
      body: { Shards: 2 },
      status: 400,
      answer: error(
        'ValidationException',
        "1 validation error detected: Value 'Shards is not a member here. Write ShardCount.' at 'streamModeDetails.streamMode' failed to satisfy constraint: Member must satisfy enum value set: [ON_DEMAND, PROVISIONED]",
      ),
    },
  ],
  mappings: [
    {
      body: { ShardCount: null, StreamMode: '' },
      contentType: 'application/json',
      sends: { ShardCount: 5 },
    },
    {
      body: { ShardCount: '', StreamMode: null },
      contentType: 'application/json',
      sends: { ShardCount: 5 },
    },
    {
      body: { ShardCount: 123, StreamMode: 'PROVISIONED', SomeOtherField: 'x' },
      contentType: 'application/json',
      sends: { ShardCount: 123, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
    },
    {
      body: { ShardCount: 123 },
      contentType: 'application/x-amz-json-1.1',
      sends: { ShardCount: 123 },
    },
    {
      body: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
      contentType: 'application/x-amz-json-1.1',
      sends: { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    },
  ],
  throttle: { rate: 2, burst: 2 },
  readme: {
    request: '`{"ShardCount": 2}`; absent, null or empty means 5; the body may be absent',
    answer: '`{}`',
  },
});
