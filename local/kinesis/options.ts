import type { AwsError } from '../core/errors';
import type { HttpResponse } from '../core/http';

/** What a fault injector is asked about. */
export interface FaultTarget {
  /** `PutRecord` */
  readonly action: string;
  /** The stream that the request names; undefined when it names none. */
  readonly streamName: string | undefined;
}

/** What goes wrong with one request. */
export interface Fault {
  /** Answers no sooner than after this many milliseconds. */
  readonly delayMs?: number;
  /** Answered instead of acting. */
  readonly error?: AwsError;
  /** Answered as it stands instead of acting: what something in front of the service would say. */
  readonly answer?: HttpResponse;
  /**
   * The share (0 to 1) that is refused with ProvisionedThroughputExceededException, drawn by
   * chance: of a PutRecords's records, of other actions' requests.
   */
  readonly throttledShare?: number;
}

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
  /** Asked before each request; what it gives goes wrong. */
  readonly faults?: (target: FaultTarget) => Fault | undefined;
}

/** 20,000 is the shard quota of us-east-1, us-west-2 and eu-west-1; 50 on-demand streams everywhere. */
const DEFAULT_OPTIONS = {
  now: Date.now,
  createMs: 300,
  deleteMs: 300,
  updateMs: 300,
  shardLimit: 20_000,
  onDemandStreamLimit: 50,
  enforceThroughput: false,
  enforceQuotas: false,
  faults: () => undefined,
} as const satisfies Required<KinesisOptions>;

/** Options with every default filled in; a member that is undefined counts as absent. */
export function completeOptions(options: KinesisOptions): Required<KinesisOptions> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_OPTIONS, ...Object.fromEntries(given) };
}
