import type { Engine } from '../engine';
import { streamNameOfIterator } from '../streams/shard-iterator';

/** Members that hold the ARN of a stream or of one of its resources. */
const ARNS = ['StreamARN', 'ConsumerARN', 'ResourceARN'] as const;

/** The stream that an unvalidated request refers to; undefined if it refers to none. */
export function streamNameIn(
  engine: Engine,
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  const { StreamName: name, ShardIterator: iterator } = input;
  if (typeof name === 'string') return name;
  const arn = ARNS.map((member) => input[member]).find((value) => typeof value === 'string');
  if (typeof arn === 'string') return arn.split('/')[1];
  return typeof iterator === 'string' ? streamNameOfIterator(engine.sealer, iterator) : undefined;
}
