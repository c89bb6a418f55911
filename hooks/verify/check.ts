import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Action } from '../../resources/routes';
import type { ApiClient, Exchange } from './api-client';

/** Every route has a check of its action's name, or this does not compile; the rest are more. */
export type CheckName = Action | 'ReadBack';

export interface Check {
  /** What is checked, in the words of the report. */
  readonly title: string;
  /** Checks without which this one can tell nothing: if one failed, it is skipped. */
  readonly requires: readonly CheckName[];
  /** @throws CheckFailure when the deployed API does what it should not */
  run(context: CheckContext): Promise<void>;
}

/** What checks work with, and what they leave for later ones. */
export interface CheckContext {
  readonly api: ApiClient;
  readonly kinesis: KinesisClient;
  /** Name of the throw-away stream. */
  readonly stream: string;
  /** Whether JSON must be stored to the letter, as AWS does, or may be spaced as an emulator likes. */
  readonly jsonSpacing: 'exact' | 'any';
  /** False where the stage leaves out the routes that create and delete streams. */
  readonly managesStreams: boolean;
  /** Accepted records, in the order they were sent; filled in by the writing checks. */
  readonly written: WrittenRecord[];
  /** Left by GetShardIterator for GetRecords. */
  iterator?: string;
  /** Aborts when the run is interrupted or out of time. */
  readonly signal: AbortSignal;
}

export interface WrittenRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** The bytes that Kinesis must hold. */
  readonly bytes: Buffer;
  /** True when they are the JSON text of a value, which emulators may space in another way. */
  readonly isJson: boolean;
}

/** The deployed API did what it should not. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly exchange: Exchange | undefined;

  constructor(message: string, exchange?: Exchange, options?: ErrorOptions) {
    super(message, options);
    this.exchange = exchange;
  }
}
