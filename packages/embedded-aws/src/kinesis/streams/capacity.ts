import { QUOTAS } from '../quotas';

/** Initial and minimum number of shards of an on-demand stream (recorded from the service). */
export const ON_DEMAND_SHARDS = 4;

/** 10 GiB/s, the maximum warm throughput of an on-demand stream (API reference). */
export const MAX_WARM_MIBPS = QUOTAS.warmMiBps;

/** Number of shards for a warm throughput in MiB/s: each shard takes 1 MiB/s. */
export function shardsFor(warmMiBps: number): number {
  return Math.max(ON_DEMAND_SHARDS, warmMiBps);
}
