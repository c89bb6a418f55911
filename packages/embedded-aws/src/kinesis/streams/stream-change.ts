import type { StreamMode } from '../members';
import { shardsFor } from './capacity';
import { mergeShards, scaleUniformly, splitShard } from './resharding';
import type { Shard } from './shard';
import type { Stream } from './stream';

/**
 * A change that an update applies to a stream once it is due. Plain data, with shards identified by index: if
 * the process ends before an update is due, the next process applies it.
 */
export type StreamChange =
  | { readonly kind: 'split'; readonly shard: number; readonly newStart: bigint }
  | { readonly kind: 'merge'; readonly shard: number; readonly adjacent: number }
  | { readonly kind: 'scale'; readonly count: number }
  | { readonly kind: 'encrypt'; readonly keyId?: string }
  | { readonly kind: 'mode'; readonly mode: StreamMode; readonly warm?: number }
  | { readonly kind: 'maxRecordSize'; readonly sizeInKiB: number };

/** @param at when the change was due, in milliseconds since 1970: the opening time of new shards */
export function applyChange(stream: Stream, change: StreamChange, at: number): void {
  switch (change.kind) {
    case 'split':
      splitShard(stream, shardAt(stream, change.shard), change.newStart, at);
      break;
    case 'merge':
      mergeShards(stream, shardAt(stream, change.shard), shardAt(stream, change.adjacent), at);
      break;
    case 'scale':
      scaleUniformly(stream, change.count, at);
      break;
    case 'encrypt':
      stream.keyId = change.keyId;
      break;
    case 'mode':
      changeMode(stream, change.mode, change.warm, at);
      break;
    case 'maxRecordSize':
      stream.maxRecordSizeInKiB = change.sizeInKiB;
      break;
  }
  stream.indexShards();
}

function changeMode(stream: Stream, mode: StreamMode, warm: number | undefined, at: number): void {
  stream.mode = mode;
  // Provisioned streams have neither: partition keys choose the shard again, and the shards are the
  // capacity.
  stream.warmThroughputMiBps = warm;
  if (mode === 'PROVISIONED') stream.recordDistribution = 'USER_PARTITION_KEY';
  if (warm !== undefined) {
    scaleUniformly(stream, Math.max(shardsFor(warm), stream.openShards.length), at);
  }
}

function shardAt(stream: Stream, index: number): Shard {
  const shard = stream.shard(index);
  if (shard === undefined) throw new Error(`Stream ${stream.name} has no shard ${index}.`);
  return shard;
}
