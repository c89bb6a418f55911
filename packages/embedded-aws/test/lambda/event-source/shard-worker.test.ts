import { until } from 'dev-kit/testing/until';
import { MappedFunction } from '../../../src/lambda/event-source/mapped-function';
import { ShardWorker } from '../../../src/lambda/event-source/shard-worker';
import { sourceOf } from '../../../src/lambda/event-source/source';
import { testCaller } from '../../support/aws-request';
import { consumerOf, STREAM_ARN } from './support';

test('a worker ends when its shard has expired', async () => {
  const { map, lambda, runtime } = await consumerOf();
  await map();
  const store = lambda.mappings.store(testCaller);
  const [mapping] = store.list();
  if (mapping === undefined) throw new Error('no mapping');
  const shard = { after: undefined, isDone: false };
  mapping.progress?.shards.set('shardId-000000000009', shard);
  const target = new MappedFunction(mapping, store, runtime, () =>
    Promise.reject(new Error('none')),
  );
  const worker = new ShardWorker(
    {
      mapping,
      source: sourceOf(STREAM_ARN),
      target,
      runtime,
      retentionMs: () => Number.POSITIVE_INFINITY,
      signal: new AbortController().signal,
    },
    'shardId-000000000009',
    shard,
  );

  const running = worker.run();
  await until(() => mapping.lastResult.startsWith('PROBLEM: Shard shardId-000000000009'));
  mapping.progress?.shards.delete('shardId-000000000009');

  await running;
  expect(shard.isDone).toBe(false);
});
