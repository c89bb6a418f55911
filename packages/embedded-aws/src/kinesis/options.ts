import type { FaultInjector } from './faults/fault';
import { type FaultPlan, injectorOf } from './faults/rules';
import { QUOTAS } from './quotas';

/** Options of the Kinesis service. All are optional. */
export interface KinesisOptions {
  /** The clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** How long streams and consumers stay CREATING, in milliseconds. Default: 100. */
  readonly createMs?: number;
  /** How long streams and consumers stay DELETING, in milliseconds. Default: 100. */
  readonly deleteMs?: number;
  /** How long streams stay UPDATING, in milliseconds. Default: 100. */
  readonly updateMs?: number;
  /** Maximum number of open shards of an account in a region. Default: 20,000. */
  readonly shardLimit?: number;
  /** Maximum number of on-demand streams of an account in a region. Default: 50. */
  readonly onDemandStreamLimit?: number;
  /**
   * Enforce the shard limits: 1 MiB/s and 1,000 records/s in, 2 MiB/s and 5 reads/s out. Default:
   * false.
   */
  readonly enforceThroughput?: boolean;
  /**
   * Enforce AWS's quotas on how often an account may do something: five streams CREATING or
   * DELETING at once, ten UpdateShardCount and two UpdateStreamMode calls per stream and day.
   * Default: false.
   */
  readonly enforceQuotas?: boolean;
  /**
   * Faults to inject, to test how clients handle them: declared rules or a function called per
   * request.
   */
  readonly faults?: FaultPlan | FaultInjector;
}

/** Options with all defaults applied. */
export interface CompleteOptions extends Omit<Required<KinesisOptions>, 'faults'> {
  /** Undefined without faults: then requests need not be inspected for their target. */
  readonly faults: FaultInjector | undefined;
}

/**
 * On AWS, streams take many seconds to create and delete. These defaults last just long enough for
 * a client to observe the intermediate states. 20,000 is the shard quota of us-east-1, us-west-2
 * and eu-west-1; the on-demand stream quota is 50 in all regions.
 */
const DEFAULT_OPTIONS = {
  now: Date.now,
  createMs: 100,
  deleteMs: 100,
  updateMs: 100,
  shardLimit: QUOTAS.shards,
  onDemandStreamLimit: QUOTAS.onDemandStreams,
  enforceThroughput: false,
  enforceQuotas: false,
  faults: undefined,
} as const satisfies CompleteOptions;

/** Applies the defaults; an undefined member counts as absent. */
export function completeOptions(options: KinesisOptions): CompleteOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const { faults } = options;
  return {
    ...DEFAULT_OPTIONS,
    ...Object.fromEntries(given),
    faults: typeof faults === 'object' ? injectorOf(faults) : faults,
  };
}
