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

/**
 * How far a shard's end may be from that of the uniform division, in percent of the new width. Within
 * it, AWS keeps a boundary that is there instead of cutting a new one. The counts of shards that are
 * known from AWS place the limit between 10 and 20 for more shards than before (10 to 13 lists 37)
 * and between 20 and 25 for fewer (5 to 3 lists 7; 4 to 3 cuts both boundaries). Counts: moto,
 * tests/test_kinesis/test_kinesis_boto3.py, "verified against AWS".
 */
const KEPT_PERCENT = { more: 15n, fewer: 22n } as const;

/**
 * Divides a stream's hash keys among `count` shards, as UNIFORM_SCALING does: from left to right,
 * each new range is pieced together before the next, by splitting the shard that reaches beyond it
 * and merging what lies within. So 4 shards become 3 with the ids 6, 9 and 10
 * (github.com/risingwavelabs/risingwave/issues/9961). Shards that already match stay open.
 */
export function scaleUniformly(stream: Stream, count: number, now: number): void {
  const rest = [...stream.openShards].reverse();
  const split = (shard: Shard, end: bigint): Shard => {
    const [head, tail] = splitShard(stream, shard, end + 1n, now);
    rest.push(tail);
    return head;
  };
  for (const end of scaledEnds(stream.openShards, count)) {
    let shard = rest.pop();
    for (let next: Shard | undefined; shard !== undefined && shard.range.end < end; ) {
      next = rest.pop();
      if (next === undefined) break;
      const piece = next.range.end > end ? split(next, end) : next;
      shard = mergeShards(stream, shard, piece, now);
    }
    if (shard !== undefined && shard.range.end > end) split(shard, end);
  }
  stream.indexShards();
}

/** The last hash keys of the ranges into which open shards are scaled. */
function scaledEnds(open: readonly Shard[], count: number): bigint[] {
  const percent = count > open.length ? KEPT_PERCENT.more : KEPT_PERCENT.fewer;
  let nearest = 0;
  return uniformRanges(count).map(({ start, end }) => {
    const distance = (index: number) => distanceOf(open[index]?.range.end ?? HASH_KEY_END, end);
    while (nearest < open.length - 1 && distance(nearest + 1) <= distance(nearest)) nearest += 1;
    const present = open[nearest]?.range.end ?? end;
    return distanceOf(present, end) * 100n <= (end - start + 1n) * percent ? present : end;
  });
}

const distanceOf = (one: bigint, other: bigint): bigint =>
  one < other ? other - one : one - other;
