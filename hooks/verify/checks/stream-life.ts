import { encryptionKeys, managesStreams } from '../../stage/target';
import type { Exchange } from '../api-client';
import { ask, expectEqual, expectStatus } from '../ask';
import { type Check, type CheckContext, CheckFailure } from '../check';
import {
  createStream,
  deleteStream,
  encryptStream,
  streamSummary,
  tagStream,
  waitForStatus,
} from '../throw-away-stream';
import { ofEndpoint } from './define';
import { askLeftOut } from './kafka';

/** The throw-away stream's beginning and end, with most other checks between them. */
export const streamLifeChecks = {
  CreateStream: ofEndpoint('CreateStream', {
    provides: ['stream'],
    async run(context) {
      if (managesStreams(context.target)) {
        await createByApi(context);
      } else {
        await askLeftOut(context, 'CreateStream', { body: { ShardCount: 1 } });
        await createStream(context.kinesis, context.stream);
      }
      return {};
    },
    async settle(context) {
      await waitForStatus(context, 'ACTIVE');
      await tagStream(context);
      const [key] = encryptionKeys(context.target);
      if (key !== undefined) await encryptStream(context, key);
      const { OpenShardCount: shards } = (await streamSummary(context)) ?? {};
      if (shards !== 1) throw new CheckFailure(`asked for 1 shard, the stream has ${shards}`);
      return { stream: true };
    },
  }),

  DeleteStream: ofEndpoint('DeleteStream', {
    requires: ['stream'],
    provides: ['gone'],
    async run(context) {
      if (!managesStreams(context.target)) {
        await askLeftOut(context, 'DeleteStream');
        return {};
      }
      const answer = await ask(context, 'DeleteStream', [200, 404, 409]);
      expectFirstOrEcho(answer);
      if (answer.status === 200) expectEqual(answer, 'body', answer.body.trim(), '{}');
      return {};
    },
    async settle(context) {
      if (managesStreams(context.target)) await waitForStatus(context, undefined);
      else await deleteStream(context.kinesis, context.stream, context.signal);
      return { gone: true };
    },
  }),
} as const satisfies Record<string, Check>;

async function createByApi(context: CheckContext): Promise<void> {
  const answer = await ask(context, 'CreateStream', [200, 409], { body: { ShardCount: 1 } });
  expectFirstOrEcho(answer);
  if (answer.status === 200) expectEqual(answer, 'body', answer.body.trim(), '{}');
}

/** Only a request that was repeated may find that the one before it has done, or begun, the work. */
function expectFirstOrEcho(answer: Exchange): void {
  if (answer.mayHaveActed === 1) expectStatus(answer, 200);
}
