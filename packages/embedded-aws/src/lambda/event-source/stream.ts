import { rootCaller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { KinesisOutput } from '../../kinesis';
import type { EventSourceRuntime } from './runtime';
import type { Source } from './source';

/** A shard as ListShards returns it. */
export type ListedShard = KinesisOutput<'ListShards'>['Shards'][number];

/** A stream as a mapping sees it. */
export interface SourceStream {
  /** Milliseconds since 1970, in whole seconds. */
  readonly createdAt: number;
  readonly retentionMs: number;
  readonly shards: readonly ListedShard[];
}

const HOUR_MS = 3_600_000;

/**
 * The stream of a source and its shards, those that are closed included. Lambda itself looks: which
 * rights of the role it uses for that is not documented, and the frameworks grant different ones.
 * @returns undefined if there is no such stream, or if it is being deleted
 */
export function describeSource(
  { kinesis }: Pick<EventSourceRuntime, 'kinesis'>,
  source: Source,
): SourceStream | undefined {
  const caller = rootCaller(source);
  const StreamARN = source.streamArn;
  const summary = orUndefined(
    () => kinesis.invoke(caller, 'DescribeStreamSummary', { StreamARN }).StreamDescriptionSummary,
  );
  if (summary === undefined || summary.StreamStatus === 'DELETING') return undefined;
  const shards: ListedShard[] = [];
  for (let token: string | undefined, isMore = true; isMore; isMore = token !== undefined) {
    const page = kinesis.invoke(
      caller,
      'ListShards',
      token === undefined ? { StreamARN } : { NextToken: token },
    );
    shards.push(...page.Shards);
    token = page.NextToken;
  }
  return {
    createdAt: summary.StreamCreationTimestamp.milliseconds,
    retentionMs: summary.RetentionPeriodHours * HOUR_MS,
    shards,
  };
}

/** True if a source's stream, and its consumer if it has one, are there. */
export function sourceExists(runtime: EventSourceRuntime, source: Source): boolean {
  if (describeSource(runtime, source) === undefined) return false;
  const { consumerArn } = source;
  if (consumerArn === undefined) return true;
  const input = { ConsumerARN: consumerArn };
  const describe = () =>
    runtime.kinesis.invoke(rootCaller(source), 'DescribeStreamConsumer', input);
  return orUndefined(describe) !== undefined;
}

function orUndefined<Result>(lookup: () => Result): Result | undefined {
  try {
    return lookup();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
