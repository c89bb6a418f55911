import { authorize, findStream, identifyArn, type StreamIdentity } from './engine';
import { invalidArgument, resourceNotFound, streamNotFound } from './errors';
import type { Call } from './operation';
import type { Consumer } from './streams/consumer';
import { type Stream, streamArnOf } from './streams/stream';

/** `arn:…:stream/name/consumer/name:1700000000` */
const CONSUMER_ARN = /^(.*:stream\/[^/]+)\/consumer\/([^:/]+):(\d+)$/;

/**
 * Finds the stream or consumer that a ResourceARN refers to, after authorizing the caller.
 * @throws AwsError AccessDeniedException, ResourceNotFoundException
 */
export function authorizedResource(call: Call, arn: string): Stream | Consumer {
  if (CONSUMER_ARN.test(arn)) return authorizedConsumer(call, { ConsumerARN: arn }).consumer;
  const identity = identifyArn(arn);
  authorize(call, identity.accountId, arn);
  const stream = findStream(call, identity);
  // The ARN continues after the stream's name but is not a consumer's: `…/stream/name/other`.
  if (stream === undefined || stream.arn !== arn) {
    throw streamNotFound(identity.name, identity.accountId);
  }
  return stream;
}

/** How a request identifies a consumer: by its ARN, or by its name and the ARN of its stream. */
export interface ConsumerReference {
  readonly ConsumerARN?: string;
  readonly StreamARN?: string;
  readonly ConsumerName?: string;
}

/**
 * Finds the consumer that a request refers to, after authorizing the caller.
 * @throws AwsError InvalidArgumentException, AccessDeniedException, ResourceNotFoundException
 */
export function authorizedConsumer(
  call: Call,
  reference: ConsumerReference,
): { stream: Stream; consumer: Consumer } {
  const { identity, name, arn } = consumerIdentity(reference);
  const stream = findStream(call, identity);
  const consumer = stream?.consumers.get(name);
  const anyConsumer = `${streamArnOf(identity, identity.name)}/consumer/${name}:*`;
  authorize(call, identity.accountId, arn ?? consumer?.arn ?? anyConsumer);
  if (stream === undefined) throw streamNotFound(identity.name, identity.accountId);
  if (consumer === undefined || (arn !== undefined && consumer.arn !== arn)) {
    throw consumerNotFound(name, identity);
  }
  return { stream, consumer };
}

export function consumerNotFound(name: string, stream: StreamIdentity) {
  return resourceNotFound(
    `Consumer ${name} under stream ${stream.name} and account ${stream.accountId} not found.`,
  );
}

function consumerIdentity({
  ConsumerARN: arn,
  StreamARN: streamArn,
  ConsumerName: name,
}: ConsumerReference): {
  identity: StreamIdentity;
  name: string;
  arn?: string;
} {
  if (arn !== undefined) {
    const [, owner = '', consumer = ''] = CONSUMER_ARN.exec(arn) ?? [];
    return { identity: identifyArn(owner), name: consumer, arn };
  }
  if (streamArn !== undefined && name !== undefined) {
    return { identity: identifyArn(streamArn), name };
  }
  throw invalidArgument(
    'Either ConsumerARN or both StreamARN and ConsumerName should be provided.',
  );
}
