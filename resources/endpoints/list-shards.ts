import { schemaRef } from '../openapi/schema';
import { list, nextToken, object } from './shared/answers';
import { withoutBody } from './shared/content-types';
import { defineEndpoint } from './shared/endpoint';
import { nowhere, SHARDS, TOKEN } from './shared/example-values';
import { LIMIT_MARKER, textOf } from './shared/marker-texts';
import { EXCLUSIVE_START_SHARD_ID, LIMIT, NEXT_TOKEN } from './shared/parameters';

export const listShards = defineEndpoint({
  id: 'ListShards',
  method: 'GET',
  path: '/streams/{stream-name}/shards',
  action: 'ListShards',
  grantedOn: 'streams',
  streamFrom: 'path',
  tag: 'Reading',
  summary: "List a stream's shards",
  description: 'Lists the shards of a stream, page by page, closed ones included.',
  query: {
    limit: LIMIT,
    'exclusive-start-shard-id': EXCLUSIVE_START_SHARD_ID,
    'next-token': NEXT_TOKEN,
  },
  requests: withoutBody('ListShards.request'),
  answer: { schema: object({ Shards: list(schemaRef('Shard')) }, { NextToken: nextToken }) },
  errors: [
    'SerializationException',
    'ExpiredNextTokenException',
    'ResourceNotFoundException',
    'ResourceInUseException',
  ],
  examples: [
    {
      name: 'all',
      summary: 'Both shards of a stream',
      status: 200,
      answer: { Shards: SHARDS },
    },
    {
      name: 'one-at-a-time',
      summary: 'A page of one, and there are more',
      query: { limit: 1 },
      status: 200,
      answer: { Shards: SHARDS.slice(0, 1), NextToken: TOKEN },
    },
    nowhere('The list of shards'),
  ],
  mappings: [
    {
      query: { limit: LIMIT_MARKER, 'exclusive-start-shard-id': textOf('S') },
      sends: { MaxResults: Number(LIMIT_MARKER), ExclusiveStartShardId: textOf('S') },
    },
    {
      query: {
        limit: textOf('L'),
        'next-token': textOf('T'),
        'exclusive-start-shard-id': textOf('S'),
      },
      sends: { MaxResults: textOf('L'), NextToken: textOf('T') },
      withoutStream: true,
    },
  ],
  throttle: { rate: 20, burst: 20 },
  readme: { request: '', answer: '`Shards`, `NextToken`' },
});
