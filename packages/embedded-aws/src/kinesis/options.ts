import type { FaultInjector } from './faults/fault';
import { type FaultPlan, injectorOf } from './faults/rules';

/** How a Kinesis behaves. All of it has defaults. */
export interface KinesisOptions {
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** How long streams and consumers stay CREATING, in milliseconds. */
  readonly createMs?: number;
  /** How long streams and consumers stay DELETING, in milliseconds. */
  readonly deleteMs?: number;
  /** How long streams stay UPDATING, in milliseconds. */
  readonly updateMs?: number;
  /** Open shards of provisioned streams that an account may have in a region. */
  readonly shardLimit?: number;
  /** On-demand streams that an account may have in a region. */
  readonly onDemandStreamLimit?: number;
  /** Whether shards refuse more than 1 MiB/s and 1,000 records/s in, 2 MiB/s and 5 reads/s out. */
  readonly enforceThroughput?: boolean;
  /**
   * Whether AWS's limits on how often an account may do something hold: five streams CREATING or
   * DELETING at once, ten UpdateShardCount and two UpdateStreamMode a stream and day.
   */
  readonly enforceQuotas?: boolean;
  /** What goes wrong, to try how others take it: declared, or asked before each request. */
  readonly faults?: FaultPlan | FaultInjector;
}

/** Options with every default filled in. */
export interface CompleteOptions extends Omit<Required<KinesisOptions>, 'faults'> {
  /** Undefined where nothing goes wrong: then nobody needs to know what a request is about. */
  readonly faults: FaultInjector | undefined;
}

/**
 * On AWS, streams take many seconds to come and go; here long enough for a client to meet the states
 * between, and no longer. 20,000 is the shard quota of us-east-1, us-west-2 and eu-west-1; 50
 * on-demand streams everywhere.
 */
const DEFAULT_OPTIONS = {
  now: Date.now,
  createMs: 100,
  deleteMs: 100,
  updateMs: 100,
  shardLimit: 20_000,
  onDemandStreamLimit: 50,
  enforceThroughput: false,
  enforceQuotas: false,
  faults: undefined,
} as const satisfies CompleteOptions;

/** Fills in the defaults; a member that is undefined counts as absent. */
export function completeOptions(options: KinesisOptions): CompleteOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const { faults } = options;
  return {
    ...DEFAULT_OPTIONS,
    ...Object.fromEntries(given),
    faults: typeof faults === 'object' ? injectorOf(faults) : faults,
  };
}
