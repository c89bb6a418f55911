import type { HashKeyRange } from './format/hash-key';
import type { StreamRecord } from './format/record';
import type { RecordAccess } from './format/record-commands';

/** The JSON that the viewer's server sends to its page. */

/** A problem, and what the user can do about it. */
export interface Problem {
  /** Kinesis's name of the error, or the viewer's own. */
  readonly code: string;
  readonly title: string;
  readonly advice: string;
}

/** `GET api/stage` */
export interface StageView {
  readonly stage: string;
  readonly region: string;
  /** An emulator's URL; undefined for AWS itself. */
  readonly endpoint?: string;
  /** The stage's parameter `streams`, with `*` and `?`. */
  readonly pattern: string;
  /** How the API is called, as far as that is known without the deployed stack. */
  readonly access: AccessView;
}

/** `GET api/access` */
export type AccessView = RecordAccess;

/**
 * How far `GET api/records` reads: a page of records, up to the tip, or until the page ends the request.
 */
export type Extent = 'page' | 'tip' | 'stopped';

/** `GET api/streams` */
export interface StreamsView {
  readonly streams: readonly StreamItem[];
}

export interface StreamItem {
  /** In Kinesis. */
  readonly name: string;
  /** In streams.ts, if it is declared there. */
  readonly declared?: string;
  /** CREATING, ACTIVE, UPDATING or DELETING, where Kinesis says. */
  readonly status?: string;
  /** PROVISIONED or ON_DEMAND, where Kinesis says. */
  readonly mode?: string;
}

/** `GET api/shards?stream=` */
export interface ShardsView {
  readonly shards: readonly ShardView[];
}

/** A shard, open or closed; a closed one is listed until its last record is trimmed. */
export interface ShardView {
  readonly id: string;
  readonly range: HashKeyRange;
  readonly closed: boolean;
  readonly parents: readonly string[];
}

/** `GET api/shard-of-key?stream=&key=` */
export interface KeyPlace {
  readonly hashKey: string;
  /** The open shard that takes the key, and closed ones that took it. */
  readonly shardIds: readonly string[];
}

/** A record on its way to the page; its bytes are base64. */
export interface RecordMessage extends Omit<StreamRecord, 'data' | 'unpacked'> {
  readonly kind: 'record';
  readonly data: string;
  readonly unpacked?: { readonly data: string; readonly isWhole: boolean };
}

/** How far a shard has been read. */
export interface ShardPosition {
  /** Milliseconds behind the tip; null for a shard read to its end. */
  readonly behind: number | null;
  /** Of the record read last, if any was. */
  readonly sequenceNumber?: string;
  readonly arrivedAt?: number;
}

/** By the id of the shard. */
export type Positions = Readonly<Record<string, ShardPosition>>;

/** One line of `GET api/records`. */
export type ReadingMessage =
  | RecordMessage
  /** The reading's id, to go on with: first of all. */
  | { readonly kind: 'reading'; readonly reading: string }
  | { readonly kind: 'positions'; readonly positions: Positions }
  /** Something the user should know; the reading goes on. */
  | { readonly kind: 'notice'; readonly text: string }
  /** The stream's shards are no longer those that were listed. */
  | { readonly kind: 'resharded' }
  /** Nothing more at the moment. Last of all, unless the reading follows. */
  | { readonly kind: 'tip' }
  /** The page is full; there may be more. Last of all. */
  | { readonly kind: 'page' }
  /** All shards are read to their end. Last of all. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'failure'; readonly problem: Problem };
