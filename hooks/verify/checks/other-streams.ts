import { setTimeout as sleep } from 'node:timers/promises';
import { type Endpoint, type EndpointId, endpoints } from '../../../resources/endpoints';
import { goodRequest } from '../../../resources/endpoints/shared/good-request';
import { managesStreams, type Target } from '../../stage/target';
import { askRefused } from '../ask';
import { askAll } from '../ask-all';
import { type Check, type CheckContext, CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { insideOf, namesOutside, outsideOf } from '../outside-names';
import { ofStage, withoutEndpoint } from './define';

const DENIED = /^AccessDenied(Exception)?$/;

/**
 * Endpoints that IAM can confine to the stage's streams. An iterator comes only from
 * a stream that the role may read; what is granted on * keeps a confined stage from being deployed (resources/fence.ts).
 */
const confined = endpoints.filter(
  ({ streamFrom, grantedOn }) => streamFrom === 'path' && grantedOn === 'streams',
);

/** IAM itself must refuse other streams, so every endpoint with a stream name is called with one. */
export const otherStreams = {
  OtherStreams: ofStage({
    title: "rejects streams outside the stage's pattern (403)",
    skipReason: withoutOutside,
    async run(context) {
      const asked = confined.filter(({ managesStreams: manages }) => !manages);
      await askAll(asked, (endpoint) => expectDenied(context, endpoint));
      return {};
    },
  }),

  OtherStreamsManaged: ofStage({
    title: "neither creates nor deletes streams outside the stage's pattern",
    writes: true,
    skipReason: (target) =>
      managesStreams(target) ? withoutOutside(target) : 'streams not managed',
    async run(context) {
      const asked = confined.filter(({ managesStreams: manages }) => manages);
      for (const endpoint of asked) await expectDenied(context, endpoint);
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

/**
 * The role covers throw-away streams whatever else it covers, so they do not show that it covers the
 * stage's own. A stream that does not exist stands for those: Kinesis looks for it only if IAM lets
 * the role ask. Where `streams` is one name, the check OwnStream reads that.
 */
export const coveredStreams = {
  CoveredStreams: ofStage({
    title: "reaches the streams of the stage's pattern",
    skipReason: ({ parameters: { streams } }) =>
      insideOf(streams, '0'.repeat(24)) ? undefined : `no name is free in '${streams}'`,
    async run(context) {
      const missing = insideOf(context.target.parameters.streams, context.stream) ?? '';
      const asked = confined.filter(
        (endpoint) =>
          withoutEndpoint(endpoint, context.target) === undefined &&
          endpoint.errors.includes('ResourceNotFoundException'),
      );
      // One after the other: the first that is refused ends it, before DeleteStream is measured.
      for (const endpoint of asked) await expectReached(context, endpoint, missing);
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

/**
 * The throw-away stream is the measure: what is wrong on both streams, or has no answer, is left to the
 * endpoint's own checks.
 * @throws CheckFailure for an endpoint that IAM refuses on a stream of the pattern alone
 */
async function expectReached(
  context: CheckContext,
  endpoint: Endpoint<EndpointId>,
  stream: string,
): Promise<void> {
  const refusal = await refusalOf(context, endpoint, stream);
  if (refusal === undefined || (await refusalOf(context, endpoint, context.stream))) return;
  const { method, path } = endpoint;
  const message = `${method} ${path} does not reach the stream '${stream}': the role is not allowed to`;
  throw new CheckFailure(message, refusal);
}

/** IAM's refusal of a stream; undefined for any other answer, and for none. */
async function refusalOf(
  { api, door }: CheckContext,
  endpoint: Endpoint<EndpointId>,
  stream: string,
): Promise<Exchange | undefined> {
  try {
    const request = door.request(endpoint.id, { ...goodRequest(endpoint), stream });
    const answer = await api.send(request);
    return answer.status === 403 && answer.body.includes('AccessDenied') ? answer : undefined;
  } catch (error) {
    if (error instanceof CheckFailure) return undefined;
    throw error;
  }
}

function withoutOutside({ parameters: { streams } }: Target): string | undefined {
  if (/^\*+$/.test(streams)) return 'every stream allowed';
  const hasOutside = outsideOf(streams, '00000000') !== undefined;
  return hasOutside ? undefined : `nearly every name is one of '${streams}'`;
}

/** @throws CheckFailure that names the endpoint and the stream, when it is not IAM that refuses */
async function expectDenied(context: CheckContext, endpoint: Endpoint<EndpointId>): Promise<void> {
  const { target, stream } = context;
  for (const name of namesOutside(target.parameters.streams, stream, target)) {
    await expectDeniedOn(context, endpoint, name);
  }
}

async function expectDeniedOn(
  context: CheckContext,
  endpoint: Endpoint<EndpointId>,
  stream: string,
): Promise<void> {
  const { id, method, path } = endpoint;
  try {
    await askRefused(context, id, 403, DENIED, { ...goodRequest(endpoint), stream });
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const isCreated = id === 'CreateStream' && error.exchange?.status === 200;
    const left = isCreated ? await takeBack(context, stream) : '';
    const message = `${method} ${path} reaches the stream '${stream}': ${error.message}${left}`;
    throw new CheckFailure(message, error.exchange, { cause: error });
  }
}

/**
 * Deletes through the API what the API should not have created: the verifying identity may not.
 * @returns what to say of a stream that is left
 */
async function takeBack({ api, pace, signal }: CheckContext, stream: string): Promise<string> {
  const until = Date.now() + pace.streamMs;
  // A stream that is still being created cannot be deleted yet.
  for (let pauseMs = 10; Date.now() < until; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    const answer = await api.send({ method: 'DELETE', path: `/streams/${stream}` });
    if (answer.status === 200 || answer.status === 404) return '';
    if (answer.status !== 409) break;
    await sleep(pauseMs, undefined, { signal });
  }
  return `. It is there now; delete it with: aws kinesis delete-stream --stream-name ${stream}`;
}
