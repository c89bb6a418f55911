import { shareOf } from '../format/hash-key';
import type { ShardView } from '../protocol';
import type { Bin } from './traffic';

/** A shard that takes this many times its share is called hot. */
export const HOT = 2;
/** Below this many records, a share is not significant. */
const TELLING = 20;

/** An open shard and how much of the traffic it takes. */
export interface Load {
  readonly shard: ShardView;
  /** Its share of the hash keys, 0 to 1. */
  readonly keys: number;
  /** Its share of the records, 0 to 1. */
  readonly traffic: number;
  /** Traffic in proportion to keys: 1 is an even stream, undefined is too little to say. */
  readonly load: number | undefined;
}

/** @param totals what each shard took; of all shards, or shares mean nothing */
export function loadsOf(shards: readonly ShardView[], totals: Bin): Load[] {
  const open = shards.filter(({ closed }) => !closed);
  const sum = open.reduce((total, { id }) => total + (totals.get(id)?.records ?? 0), 0);
  return open.map((shard) => {
    const keys = shareOf(shard.range);
    const traffic = sum === 0 ? 0 : (totals.get(shard.id)?.records ?? 0) / sum;
    return { shard, keys, traffic, load: sum < TELLING || keys === 0 ? undefined : traffic / keys };
  });
}

/** `25%`, `0.4%` */
export function percent(part: number): string {
  const value = part * 100;
  if (value === 0) return '0%';
  if (value < 0.1) return '<0.1%';
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)}%`;
}
