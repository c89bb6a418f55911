import { endpointOf } from '../../../resources/endpoints';
import { managesStreams, withoutStack } from '../../stage/target';
import { askAll } from '../ask-all';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { renderedBody, testInvoke } from '../test-invoke';
import { ofEndpoint } from './define';

const JSON_TYPE = 'application/json';
const AMZ_JSON_TYPE = 'application/x-amz-json-1.1';
const ON_DEMAND = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } };

/** Expected requests to Kinesis. The stream exists already, so that none of them creates one. */
const RENDERINGS: readonly (readonly [body: string | undefined, sent: object, type?: string])[] = [
  [undefined, { ShardCount: 5 }],
  ['{}', { ShardCount: 5 }],
  ['{"ShardCount": ""}', { ShardCount: 5 }],
  ['{"ShardCount": null}', { ShardCount: 5 }],
  ['{"ShardCount": 7}', { ShardCount: 7 }],
  ['{"StreamMode": "ON_DEMAND"}', ON_DEMAND],
  ['{"ShardCount": 7}', { ShardCount: 7 }, AMZ_JSON_TYPE],
  [JSON.stringify(ON_DEMAND), ON_DEMAND, AMZ_JSON_TYPE],
];

const STREAM_IS_THERE = 409;

/** Defaults that no answer shows without creating streams, some of them with five shards. */
export const createStreamDefaults: Check = ofEndpoint('CreateStream', {
  title: '5 shards by default, ON_DEMAND on request',
  requires: ['stream'],
  skipReason: (target) => {
    if (!managesStreams(target)) return 'streams not managed';
    return withoutStack(target);
  },
  async run(context) {
    await askAll(RENDERINGS, (rendering) => renders(context, ...rendering));
    return {};
  },
});

async function renders(
  { apiGateway, target, stream }: CheckContext,
  body: string | undefined,
  expected: object,
  type = JSON_TYPE,
): Promise<void> {
  const { method, ...route } = endpointOf('CreateStream');
  const path = target.parameters.rootPath + route.path;
  const answer = await testInvoke(apiGateway, target.restApiId, {
    method,
    path: path.replace('{stream-name}', stream),
    route: path,
    headers: { 'content-type': type },
    ...(body !== undefined && { body }),
  });
  const rendered = answer && renderedBody(answer);
  // Not every emulator writes API Gateway's log, but the status shows that Kinesis was called.
  if (rendered === undefined && answer?.status === STREAM_IS_THERE) return;
  const wanted = JSON.stringify({ ...expected, StreamName: stream });
  if (isSame(rendered ?? '', wanted)) return;
  throw new CheckFailure(
    `the body ${body ?? '(none)'} becomes ${rendered?.replace(/\s+/g, ' ') ?? 'nothing'} for Kinesis, not ${wanted}`,
  );
}

function isSame(rendered: string, wanted: string): boolean {
  try {
    return JSON.stringify(JSON.parse(rendered)) === wanted;
  } catch {
    return false;
  }
}
