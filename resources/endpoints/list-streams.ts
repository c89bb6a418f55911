import { schemaRef } from '../openapi/schema';
import { flag, list, nextToken, object, streamName } from './shared/answers';
import { withoutBody } from './shared/content-types';
import { defineEndpoint } from './shared/endpoint';
import { error, summary, TOKEN } from './shared/example-values';
import { LIMIT_MARKER, textOf } from './shared/marker-texts';
import { EXCLUSIVE_START_STREAM_NAME, LIMIT, NEXT_TOKEN } from './shared/parameters';

export const listStreams = defineEndpoint({
  id: 'ListStreams',
  method: 'GET',
  path: '/streams',
  action: 'ListStreams',
  grantedOn: '*',
  streamFrom: 'none',
  tag: 'Streams',
  summary: 'List the streams',
  description:
    'Lists all streams of the account and region in alphabetical order, page by page, whatever the parameter `streams` of the stage is.',
  query: {
    limit: LIMIT,
    'exclusive-start-stream-name': EXCLUSIVE_START_STREAM_NAME,
    'next-token': NEXT_TOKEN,
  },
  requests: withoutBody('ListStreams.request'),
  answer: {
    schema: object(
      {
        StreamNames: list(streamName),
        HasMoreStreams: flag('Whether there are names that are not on this page'),
      },
      { NextToken: nextToken, StreamSummaries: list(schemaRef('StreamSummary')) },
    ),
  },
  errors: ['SerializationException', 'ExpiredNextTokenException'],
  examples: [
    {
      name: 'all',
      summary: 'The first page',
      status: 200,
      answer: {
        StreamNames: ['customers', 'orders'],
        HasMoreStreams: false,
        StreamSummaries: [summary('customers'), summary('orders')],
      },
    },
    {
      name: 'one-at-a-time',
      summary: 'A page of one, and there are more',
      query: { limit: 1 },
      status: 200,
      answer: {
        StreamNames: ['customers'],
        HasMoreStreams: true,
        NextToken: TOKEN,
        StreamSummaries: [summary('customers')],
      },
    },
    {
      name: 'next-page',
      summary: 'The page after that',
      query: { limit: 1, 'next-token': TOKEN },
      status: 200,
      answer: {
        StreamNames: ['orders'],
        HasMoreStreams: false,
        StreamSummaries: [summary('orders')],
      },
    },
    {
      name: 'token-and-name',
      summary: 'A token stands for its place in the list, and takes no name beside it',
      query: { 'next-token': TOKEN, 'exclusive-start-stream-name': 'customers' },
      status: 400,
      answer: error(
        'InvalidArgumentException',
        'NextToken and ExclusiveStartStreamName cannot be provided together.',
      ),
    },
  ],
  mappings: [
    { sends: {} },
    {
      query: {
        limit: LIMIT_MARKER,
        'exclusive-start-stream-name': textOf('S'),
        'next-token': textOf('T'),
      },
      sends: {
        Limit: Number(LIMIT_MARKER),
        ExclusiveStartStreamName: textOf('S'),
        NextToken: textOf('T'),
      },
    },
    {
      query: { limit: textOf('L'), 'next-token': textOf('T') },
      sends: { Limit: textOf('L'), NextToken: textOf('T') },
    },
    {
      query: { 'exclusive-start-stream-name': textOf('S') },
      sends: { ExclusiveStartStreamName: textOf('S') },
    },
  ],
  throttle: { rate: 2, burst: 2 },
  readme: { request: '', answer: '`StreamNames`, `HasMoreStreams`, …' },
});
