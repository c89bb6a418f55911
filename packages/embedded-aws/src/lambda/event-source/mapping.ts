import type { MappingSettings } from './settings';

export const STARTING_POSITIONS = ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'] as const;

/** Where a mapping begins in the shards that are there when it is first enabled. */
export interface StartingPosition {
  readonly type: (typeof STARTING_POSITIONS)[number];
  /** Milliseconds since 1970, with AT_TIMESTAMP. */
  readonly timestamp: number | undefined;
}

/** How far a mapping has come in a shard. */
export interface ShardProgress {
  /** Reading goes on after this sequence number; before any, where the mapping starts. */
  after: string | undefined;
  /** True once a closed shard is read to its end. */
  isDone: boolean;
}

/** How far a mapping has come in a stream. */
export interface StreamProgress {
  /** Milliseconds since 1970: a stream of the same name that is made later is another one. */
  readonly streamCreatedAt: number;
  /** By shard id. A shard that is not in it began later, and is read from its beginning. */
  readonly shards: Map<string, ShardProgress>;
}

/** A state that a mapping is in until a time, in milliseconds since 1970. */
interface Transition {
  readonly state: 'Creating' | 'Enabling' | 'Disabling' | 'Updating' | 'Deleting';
  readonly until: number;
}

/** An event source mapping: records of a stream that Lambda hands to a function. */
export interface EventSourceMapping {
  readonly uuid: string;
  readonly arn: string;
  /** The ARN of a stream, or of one of its consumers. */
  readonly sourceArn: string;
  readonly start: StartingPosition;
  readonly tags: Map<string, string>;
  /** With the qualifier, if one was given. */
  functionArn: string;
  settings: MappingSettings;
  isEnabled: boolean;
  transition: Transition | undefined;
  lastModified: Date;
  lastResult: string;
  /** Undefined until the mapping is first enabled. */
  progress: StreamProgress | undefined;
}

/**
 * How long a change takes, in milliseconds. On AWS it is seconds, sometimes minutes; here just long
 * enough for a client to observe it.
 */
export const TRANSITION_MS = 100;

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
export function stateOf({ transition, isEnabled }: EventSourceMapping, now: number): string {
  if (transition !== undefined && (now < transition.until || transition.state === 'Deleting')) {
    return transition.state;
  }
  return isEnabled ? 'Enabled' : 'Disabled';
}

/** True for a mapping whose deletion is over. */
export const isGone = ({ transition }: EventSourceMapping, now: number): boolean =>
  transition?.state === 'Deleting' && now >= transition.until;

/** True for a mapping that reads its stream. */
export const isActive = ({ transition, isEnabled }: EventSourceMapping): boolean =>
  isEnabled && transition?.state !== 'Deleting';
