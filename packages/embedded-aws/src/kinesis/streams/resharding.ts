import { HASH_KEY_END, uniformRanges } from './hash-key';
import type { Shard } from './shard';
import type { Stream } from './stream';

/** Closes a shard and opens two in its place; the second starts at `newStart`. */
export function splitShard(
  stream: Stream,
  shard: Shard,
  newStart: bigint,
  now: number,
): readonly [Shard, Shard] {
  shard.close(now);
  const { start, end } = shard.range;
  const lineage = { parent: shard };
  return [
    stream.openShard({ start, end: newStart - 1n }, now, lineage),
    stream.openShard({ start: newStart, end }, now, lineage),
  ];
}

/** Closes two adjacent shards and opens one in their place. */
export function mergeShards(stream: Stream, shard: Shard, adjacent: Shard, now: number): Shard {
  shard.close(now);
  adjacent.close(now);
  const [low, high] =
    shard.range.start < adjacent.range.start ? [shard, adjacent] : [adjacent, shard];
  return stream.openShard({ start: low.range.start, end: high.range.end }, now, {
    parent: shard,
    adjacentParent: adjacent,
  });
}

/** Returns true if the ranges of two shards are adjacent, in either order. */
export function areAdjacent(one: Shard, other: Shard): boolean {
  return one.range.end + 1n === other.range.start || other.range.end + 1n === one.range.start;
}

/**
 * Divides a stream's hash keys evenly among `count` shards, as UNIFORM_SCALING does: splits shards
 * at the boundaries of the new ranges, then merges the pieces of each range. Shards that already
 * match stay open.
 */
export function scaleUniformly(stream: Stream, count: number, now: number): void {
  const ranges = uniformRanges(count);
  const pieces = cutAt(
    stream,
    ranges.map(({ start }) => start),
    now,
  );
  let index = 0;
  for (const { end } of ranges) {
    let merged = pieces[index++];
    for (; merged !== undefined && merged.range.end < end; index++) {
      const next = pieces[index];
      if (next === undefined) break;
      merged = mergeShards(stream, merged, next, now);
    }
  }
  stream.indexShards();
}

/** The open shards in order, after splitting those that contain a boundary. */
function cutAt(stream: Stream, boundaries: readonly bigint[], now: number): Shard[] {
  const pieces: Shard[] = [];
  let next = 0;
  for (const shard of stream.openShards) {
    let rest = shard;
    for (; (boundaries[next] ?? HASH_KEY_END) <= rest.range.end; next++) {
      const boundary = boundaries[next] ?? HASH_KEY_END;
      if (boundary <= rest.range.start) continue;
      const [head, tail] = splitShard(stream, rest, boundary, now);
      pieces.push(head);
      rest = tail;
    }
    pieces.push(rest);
  }
  return pieces;
}
