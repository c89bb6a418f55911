import { type Shard as KinesisShard, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { ask } from '../ask';
import { type Check, type CheckContext, CheckFailure, type Shard } from '../check';
import { NotDescribed } from '../doors/door';
import {
  createStream,
  deleteStream,
  streamSummary,
  tagStream,
  waitForStatus,
} from '../throw-away-stream';
import { ofStage } from './define';

/**
 * The beginning and the end of the stream that a door is verified with: made and deleted through the
 * door where it can, else by Kinesis's own API; or there already, and left as it is.
 */
export const doorStreamChecks = {
  CreateStream: ofStage({
    title: 'A stream to write to',
    writes: true,
    provides: ['stream', 'shards'],
    async run(context) {
      if (context.isNamed) return {};
      if (context.door.takes('CreateStream')) {
        await ask(context, 'CreateStream', [200, 409], { body: { ShardCount: 1 } });
      } else {
        await createStream(context.kinesis, context.stream);
      }
      return {};
    },
    async settle(context) {
      if (!context.isNamed) {
        await waitForStatus(context, 'ACTIVE');
        await tagStream(context);
        return { stream: true, shards: await shardsOf(context) };
      }
      try {
        await expectActive(context);
        return { stream: true, shards: await shardsOf(context) };
      } catch (error) {
        // Without AWS credentials there may be no way to ask about it; writing will show.
        if (!(error instanceof NotDescribed)) throw error;
        return { stream: true };
      }
    },
  }),

  DeleteStream: ofStage({
    title: 'The stream goes',
    writes: true,
    requires: ['stream'],
    provides: ['gone'],
    async run(context) {
      if (!context.isNamed && context.door.takes('DeleteStream')) {
        await ask(context, 'DeleteStream', [200, 404, 409]);
      }
      return {};
    },
    async settle(context) {
      if (context.isNamed) return {};
      if (context.door.takes('DeleteStream')) await waitForStatus(context, undefined);
      else await deleteStream(context.kinesis, context.stream, context.signal);
      return { gone: true };
    },
  }),
} as const satisfies Record<string, Check>;

async function expectActive(context: CheckContext): Promise<void> {
  const { StreamStatus: status } = (await streamSummary(context)) ?? {};
  if (status === 'ACTIVE' || status === 'UPDATING') return;
  throw new CheckFailure(`the stream ${context.stream} is ${status ?? 'not there'}`);
}

async function shardsOf({ kinesis, stream }: CheckContext): Promise<Shard[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: stream }));
  return Shards.map(({ ShardId = '', HashKeyRange: range }: KinesisShard) => ({
    shardId: ShardId,
    startingHashKey: BigInt(range?.StartingHashKey ?? 0),
    endingHashKey: BigInt(range?.EndingHashKey ?? 0),
  }));
}
