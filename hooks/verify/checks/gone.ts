import { managesStreams } from '../../stage/target';
import type { Exchange } from '../api-client';
import { type Ask, ask, askRefused, jsonObject, listOf } from '../ask';
import { type Check, CheckFailure } from '../check';
import { ofRoute, ofStage } from './define';

const CODE = 'ResourceNotFoundException';

/** A route is asked for the stream that was just deleted. An answer from a cache would be the old one. */
function gone(action: Parameters<typeof ask>[1], given: Ask = {}): Check {
  return ofRoute(action, {
    title: 'a stream that is not there is 404',
    requires: ['gone'],
    leftOut: (target) =>
      action === 'DeleteStream' && !managesStreams(target)
        ? 'the stage does not manage streams'
        : undefined,
    async run(context) {
      const answer = await askRefused(context, action, 404, CODE, given);
      expectNamed(answer, context.stream);
      return {};
    },
  });
}

/** Kinesis says which stream it is that is not there. */
function expectNamed(answer: Exchange, stream: string): void {
  if (String(jsonObject(answer).message).includes(stream)) return;
  throw new CheckFailure(`the error's message does not name the stream ${stream}`, answer);
}

export const goneChecks = {
  DescribeStreamGone: gone('DescribeStream'),
  ListShardsGone: gone('ListShards'),
  GetShardIteratorGone: gone('GetShardIterator', { query: { 'shard-id': 'shardId-000000000000' } }),
  PutRecordGone: gone('PutRecord', { body: { Data: 'x', PartitionKey: 'x' } }),
  PutRecordsGone: gone('PutRecords', { body: { records: [{ data: 'x', 'partition-key': 'x' }] } }),
  DeleteStreamGone: gone('DeleteStream'),

  ListStreamsGone: ofRoute('ListStreams', {
    title: 'a stream that was deleted is not listed',
    requires: ['gone'],
    async run(context) {
      const answer = await ask(context, 'ListStreams', 200);
      const names: readonly unknown[] = listOf(answer, 'StreamNames');
      if (!names.includes(context.stream)) return {};
      throw new CheckFailure(`the list still holds ${context.stream}`, answer);
    },
  }),
} as const satisfies Record<string, Check>;

/** On protected stages: nothing is written, so what is not there must do. */
export const readOnlyChecks = {
  UnknownStream: ofStage({
    title: 'a stream that is not there is 404',
    leftOut: ({ parameters }) =>
      parameters.streams.includes('*') ? undefined : 'the stage may touch one stream only',
    async run(context) {
      await askRefused(context, 'DescribeStream', 404, CODE);
      await askRefused(context, 'ListShards', 404, CODE);
      return {};
    },
  }),
  Streams: ofRoute('ListStreams', {
    title: 'answers with names',
    writes: false,
    async run(context) {
      listOf(await ask(context, 'ListStreams', 200), 'StreamNames');
      return {};
    },
  }),
} as const satisfies Record<string, Check>;
