import { type EndpointId, endpoints } from '../../../resources/endpoints';
import { goodRequest } from '../../../resources/endpoints/shared/good-request';
import type { Exchange } from '../api-client';
import { ask, askRefused, jsonObject, listOf } from '../ask';
import { type Check, CheckFailure } from '../check';
import { inOrder, ofEndpoint, ofStage, withoutEndpoint } from './define';

const CODE = 'ResourceNotFoundException';

/**
 * Requests the stream that was just deleted from every endpoint that can report it as missing. An
 * answer from a cache would still be the old one.
 */
const notFoundChecks = Object.fromEntries(
  endpoints
    .filter(({ errors, streamFrom }) => streamFrom === 'path' && errors.includes(CODE))
    .map((endpoint) => [
      `${endpoint.id}Gone`,
      ofEndpoint(endpoint.id, {
        title: 'rejects a stream that does not exist (404)',
        requires: ['gone'],
        skipReason: (target) => withoutEndpoint(endpoint, target),
        async run(context) {
          const answer = await askRefused(context, endpoint.id, 404, CODE, goodRequest(endpoint));
          if (context.door.isOwn) expectNamed(answer, context.stream);
          else if (answer.status !== 404) context.note(`the status is ${answer.status}, not 404`);
          return {};
        },
      }),
    ]),
) as Readonly<Record<`${EndpointId}Gone`, Check>>;

/** Kinesis says which stream it does not find. */
function expectNamed(answer: Exchange, stream: string): void {
  if (String(jsonObject(answer).message).includes(stream)) return;
  throw new CheckFailure(`the error's message does not name the stream ${stream}`, answer);
}

const listChecks = {
  ListStreamsGone: ofEndpoint('ListStreams', {
    title: 'does not list a deleted stream',
    requires: ['gone'],
    async run(context) {
      const answer = await ask(context, 'ListStreams', 200);
      const names: readonly unknown[] = listOf(answer, 'StreamNames');
      if (!names.includes(context.stream)) return {};
      throw new CheckFailure(`the list still holds ${context.stream}`, answer);
    },
  }),
} as const satisfies Record<string, Check>;

export const goneChecks = inOrder(notFoundChecks, listChecks);

/** For protected stages, where nothing is written: uses a stream that does not exist. */
export const readOnlyChecks = {
  UnknownStream: ofStage({
    title: 'rejects a stream that does not exist (404)',
    async run(context) {
      await askRefused(context, 'DescribeStream', 404, CODE);
      await askRefused(context, 'ListShards', 404, CODE);
      return {};
    },
  }),
  Streams: ofEndpoint('ListStreams', {
    title: 'returns stream names',
    writes: false,
    async run(context) {
      listOf(await ask(context, 'ListStreams', 200), 'StreamNames');
      return {};
    },
  }),
} as const satisfies Record<string, Check>;
