import { findStream, identify, type StreamReference } from '../engine';
import { invalidArgument } from '../errors';
import type { RecordDistribution, StreamMode } from '../members';
import type { Call } from '../operation';

/**
 * The rule is from the API reference; the text is our own.
 * @throws AwsError InvalidArgumentException if streams of this mode do not support the strategy
 */
export function requireDistribution(mode: StreamMode, strategy: RecordDistribution): void {
  if (strategy === 'USER_PARTITION_KEY' || mode === 'ON_DEMAND') return;
  throw invalidArgument(
    `RecordDistributionStrategy ${strategy} is only supported for the data streams with the ` +
      'on-demand capacity mode.',
  );
}

/** Returns true if the stream accepts records without a partition key. */
export function needsNoPartitionKey(reference: StreamReference, call: Call): boolean {
  const { StreamName, StreamARN } = reference;
  if (StreamName === undefined && StreamARN === undefined) return false;
  return findStream(call, identify(call, reference))?.recordDistribution === 'AUTO';
}
