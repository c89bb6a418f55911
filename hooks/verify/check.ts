import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { EndpointId } from '../../resources/endpoints';
import type { Target } from '../stage/target';
import type { Access } from './access/access';
import type { ApiClient } from './api-client';
import type { Door } from './doors/door';
import type { StreamReader } from './events/stream-reader';
import type { Exchange } from './exchange';

/**
 * The results that checks leave for later ones. A check whose required finding is missing is
 * blocked.
 */
export interface Findings {
  /** The throw-away stream exists and accepts records. */
  readonly stream: true;
  readonly shards: readonly Shard[];
  /** Records that Kinesis accepted, by the route they went through. */
  readonly single: readonly WrittenRecord[];
  readonly batch: readonly WrittenRecord[];
  readonly kinesisJson: readonly WrittenRecord[];
  /** An iterator at the beginning of the first shard. */
  readonly iterator: string;
  /** GetRecords returns the records. */
  readonly reads: true;
  /** Requests reach the Kafka REST proxy. */
  readonly kafka: true;
  /** The throw-away stream was there and is no more. */
  readonly gone: true;
}

export type Finding = keyof Findings;

export interface Check {
  /** The text of the report. */
  readonly title: string;
  /**
   * The endpoint that is broken when this fails; absent where it is about several, or the stage.
   */
  readonly endpoint?: EndpointId;
  /** The same of a declared stream's endpoint. */
  readonly event?: EventEndpoint;
  /** True if it creates, fills or deletes a stream. Other checks may run on a protected stage. */
  readonly writes: boolean;
  readonly requires: readonly Finding[];
  readonly provides: readonly Finding[];
  /** The reason to skip the check on this stage; undefined where it applies. */
  skipReason?(target: Target): string | undefined;
  /**
   * @returns what it provides
   * @throws CheckFailure when the deployed API does what it should not
   */
  run(context: CheckContext): Promise<Partial<Findings>>;
  /**
   * Waits for what `run` has begun and what takes its time. Checks that do not build on it run
   * meanwhile.
   * @returns what the check provides to others
   * @throws CheckFailure when it does not come
   */
  settle?(context: CheckContext): Promise<Partial<Findings>>;
}

/** An endpoint of a declared stream. */
export interface EventEndpoint {
  /** Of streams.ts. */
  readonly stream: string;
  readonly method: string;
  /** `/events/orders/batch` */
  readonly path: string;
}

/** The context of a check. */
export interface CheckContext {
  readonly target: Target;
  /** The API that is verified, through which every endpoint is called. */
  readonly door: Door;
  readonly api: ApiClient;
  /** How the run comes in. */
  readonly access: Access;
  readonly kinesis: KinesisClient;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  /** Reaches what is behind the API without the API. */
  readonly backend: typeof fetch;
  /** Name of the throw-away stream. */
  readonly stream: string;
  /** True for a stream that is there already, and stays: others may write to it. */
  readonly isNamed?: boolean;
  readonly pace: Pace;
  /** Readers of declared streams, by name, where a check has left them for the next. */
  readonly readers: Map<string, StreamReader>;
  /** The findings of the checks so far. */
  readonly findings: Partial<Findings>;
  /** Adds to what the report says of this check when it passes. */
  readonly note: (text: string) => void;
  /** Notes what the API leaves open, which may be meant, with the request that shows it. */
  readonly leftOpen: (text: string, exchange: Exchange) => void;
  /** Reports what is being waited for. */
  readonly progress: (text: string) => void;
  /** Aborts when the run is interrupted or out of time. */
  readonly signal: AbortSignal;
}

/** How long things take where the stage is: milliseconds on the laptop, minutes on AWS. */
export interface Pace {
  /** All checks together, in milliseconds. */
  readonly runMs: number;
  /** How long requests with transient faults are repeated, all failed requests together. */
  readonly retryMs: number;
  /** The same for those that were too fast, when it is another. */
  readonly busyMs?: number;
  /** One request; API Gateway itself gives up after 29 s. */
  readonly requestMs: number;
  /** A stream's coming or going. */
  readonly streamMs: number;
  /** From the moment when a stream is encrypted until all that is written is. */
  readonly encryptionMs: number;
  /** Between two reads of a shard, of which Kinesis allows five a second. */
  readonly readMs: number;
  /** Times the rates of requests and commands that the stage calls for (../stage/rates.ts). */
  readonly rateFactor?: number;
  /** `exact` where JSON is stored byte for byte, as on AWS; emulators may change its spacing. */
  readonly jsonSpacing: 'exact' | 'any';
}

export interface Shard {
  readonly shardId: string;
  /** Both inclusive, 0 to 2^128 - 1. */
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
}

export interface WrittenRecord {
  readonly sequenceNumber: string;
  readonly shardId: string;
  readonly partitionKey: string;
  /** The bytes that Kinesis must hold. */
  readonly bytes: Buffer;
  /** How often it may be in the stream: as often as it was sent and may have been taken. */
  readonly sends: number;
  /** True when they are the JSON text of a value, which emulators may space in another way. */
  readonly isJson: boolean;
}

/** The harm that a fault does to clients: to their data, to the truth about it, or to who may do what. */
export type Fault = 'corrupts' | 'hides' | 'opens';

/** The deployed API did what it should not. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly exchange: Exchange | undefined;
  /** Undefined where it is of another kind, or not known. */
  readonly fault: Fault | undefined;

  constructor(message: string, exchange?: Exchange, options?: ErrorOptions & { fault?: Fault }) {
    super(message, options);
    this.exchange = exchange;
    this.fault = options?.fault;
  }
}

/** Thrown by a check that finds while it runs that it does not apply, or that what it is about is not there. */
export class Inapplicable extends Error {
  override readonly name = 'Inapplicable';
}

/**
 * The finding of an earlier check.
 * @throws TypeError when the check does not list it in `requires`
 */
export function found<Name extends Finding>(
  { findings }: CheckContext,
  name: Name,
): NonNullable<Findings[Name]> {
  const value = findings[name];
  if (value === undefined) throw new TypeError(`A check reads '${name}' and does not require it.`);
  return value;
}
