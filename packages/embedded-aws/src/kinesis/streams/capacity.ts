/** What on-demand streams start with, and never fall below (recorded from the service). */
export const ON_DEMAND_SHARDS = 4;

/** 10 GiB a second: the most that an on-demand stream can be made ready for (API reference). */
export const MAX_WARM_MIBPS = 10_240;

/** The shards that take so many MiB a second: each takes one. */
export function shardsFor(warmMiBps: number): number {
  return Math.max(ON_DEMAND_SHARDS, warmMiBps);
}
