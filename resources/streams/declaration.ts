import type { StreamDoor } from '../authorization/declaration';
import type { Throttle } from '../endpoints/shared/endpoint';
import type { Sender } from '../events/senders';
import { checkDeclaration } from './check';

/** Where an event's partition key comes from. */
export type KeySource =
  /** A member of the event, as a JSON path of names: `$.customer.id`. */
  | `$.${string}`
  | `header:${string}`
  | `query:${string}`
  /** The same key for all: they stay in order, in one shard. */
  | `fixed:${string}`
  | 'request-id';

export interface KeyOptions {
  readonly from: KeySource;
  /** The key of events that have none; they are refused (400) without it. */
  readonly orElse?: 'request-id';
  /** Cuts longer keys to Kinesis's 256 characters; they are refused (400) without it. */
  readonly cut?: true;
}

/** The members of a declared stream that a stage may change. */
export interface StreamSettings {
  /** The stream's name in Kinesis, `<service>-<stage>-<name>` by default. */
  readonly streamName?: string;
  /** The stream is there already and somebody else's: the stack writes to it and nothing more. */
  readonly existing?: boolean;
  /** How many shards, 1 by default, or `on-demand`. */
  readonly shards?: number | 'on-demand';
  /** In hours, 24 by default. */
  readonly retentionHours?: number;
  /** False to store records unencrypted. */
  readonly encryption?: boolean;
  /** ARN of a KMS key of your own to encrypt with, in place of AWS's. */
  readonly kmsKeyArn?: string;
  /** The largest record, in KiB: 1,024 by default, at most 10,240. */
  readonly maxRecordSizeKiB?: number;
  /** Names of consumers with enhanced fan-out. */
  readonly consumers?: readonly string[];
  /** Tags of the stream, beside those that all resources of the stack have. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What happens to stream and data if the stack no longer declares it: `retain` by default. */
  readonly onRemove?: 'retain' | 'delete';

  /** JSON Schema (draft 4) of one event: path of a file, from the folder of serverless.ts. */
  readonly schema?: string;
  /** A valid event: path of a file; by default beside the schema, `order.sample.json`. */
  readonly sample?: string;
  /** Needed beside a schema for senders that never send again: what is refused is lost. */
  readonly refusedIsLost?: true;

  /** Who sends, and how. Empty: the stream has no event endpoint. */
  readonly senders?: readonly Sender[];
  /** The partition key of an event: `request-id` by default. */
  readonly key?: KeySource | KeyOptions;
  /** Ends each record with a newline, where it has none. */
  readonly delimiter?: 'newline';
  /** Stores each event in an envelope with its time, source and headers. */
  readonly envelope?: boolean;
  /** Request headers to keep in the envelope. */
  readonly keepHeaders?: readonly string[];
  /**
   * Claims of a Cognito token, or values of a Lambda authorizer's `context`, to keep in the envelope
   * beside the principal.
   */
  readonly keepClaims?: readonly string[];
  /** Request header with the sender's id of an event, besides `Idempotency-Key` and `ce-id`. */
  readonly idHeader?: string;
  /** The answer to an event: where it was stored, or `empty` (204). */
  readonly answer?: 'json' | 'empty';
  /** The pixel's answer: a transparent image, or `empty` (204). */
  readonly pixel?: 'svg' | 'empty';

  /** Who may send; by default as the stage's parameter `authorization` says. */
  readonly authorization?: StreamDoor;
  /** Origins whose pages may send; pages of others are refused. */
  readonly origins?: readonly string[];
  /** A limit of its own for each of its endpoints, beside the stage's. */
  readonly throttle?: Throttle;
  /** Whether verification may put its records here; by default on stage `local` only. */
  readonly testRecords?: boolean;
}

/** A stream that the stack declares, with what single stages have otherwise. */
export interface StreamDeclaration extends StreamSettings {
  /** Members by stage; each replaces all of the member above: `{ prod: { shards: 8 } }`. */
  readonly stages?: Readonly<Record<string, StreamSettings>>;
}

/** The streams by their short names. */
export type Streams = Readonly<Record<string, StreamDeclaration>>;

/**
 * Declares the streams of the stack, for streams.ts. The stack has an event endpoint for each:
 * docs/events.md.
 * @throws StackError for a mistake, naming stream and member
 */
export function declare<const Name extends string>(
  streams: Readonly<Record<Name, StreamDeclaration>>,
): Readonly<Record<Name, StreamDeclaration>> {
  checkDeclaration(streams);
  return streams;
}
