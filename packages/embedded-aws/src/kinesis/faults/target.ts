import type { Engine } from '../engine';
import { iteratedStream } from '../streams/shard-iterator';

/** Members that hold the ARN of a stream, or of something of a stream. */
const ARNS = ['StreamARN', 'ConsumerARN', 'ResourceARN'] as const;

/** The stream that a request is about, before it was checked; undefined when it names none. */
export function streamNameIn(
  engine: Engine,
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  const { StreamName: name, ShardIterator: iterator } = input;
  if (typeof name === 'string') return name;
  const arn = ARNS.map((member) => input[member]).find((value) => typeof value === 'string');
  if (typeof arn === 'string') return arn.split('/')[1];
  return typeof iterator === 'string' ? iteratedStream(engine.sealer, iterator) : undefined;
}
