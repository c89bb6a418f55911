import { KinesisClient } from '@aws-sdk/client-kinesis';
import { inProcess } from '../../src/in-process';
import type { KinesisOptions } from '../../src/kinesis';
import { type Events, subscribe } from './subscriber';
import { shardId, streamArn, TestKinesis } from './support';

/** Prepares the subscriptions of one test file; they are closed after each test. */
export function subscriptions() {
  const open: Events[] = [];
  afterEach(async () => {
    for (const events of open.splice(0)) await events.leave();
  });
  return async (options: KinesisOptions = {}, shards = 1) => {
    const { kinesis, arn, client } = await consumer(options, shards);
    return {
      kinesis,
      ask: (more: object = {}) =>
        kinesis.send('SubscribeToShard', {
          ConsumerARN: arn,
          ShardId: shardId(0),
          StartingPosition: { Type: 'TRIM_HORIZON' },
          ...more,
        }),
      async follow(position: object = { Type: 'TRIM_HORIZON' }, shard = 0) {
        const events = await subscribe(client, {
          ConsumerARN: arn,
          ShardId: shardId(shard),
          StartingPosition: position as never,
        });
        open.push(events);
        return events;
      },
    };
  };
}

/** A stream `s` with a consumer, and an SDK client to subscribe with. */
async function consumer(options: KinesisOptions, shards: number) {
  const kinesis = new TestKinesis(options);
  await kinesis.stream('s', shards);
  const { Consumer } = await kinesis.ok('RegisterStreamConsumer', {
    StreamARN: streamArn('s'),
    ConsumerName: 'c',
  });
  kinesis.advance(1_000);
  const arn: string = Consumer.ConsumerARN;
  const client = new KinesisClient(inProcess(kinesis.kinesis));
  return { kinesis, arn, client };
}
