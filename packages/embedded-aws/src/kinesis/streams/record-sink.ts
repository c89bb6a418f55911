import type { StoredRecord } from './record-chunk';

/** Where a shard has arrived: what must not be forgotten when its records expire. */
export interface ShardTip {
  readonly shardIndex: number;
  /** Index that the next record gets. */
  readonly next: number;
  /** Milliseconds since 1970. */
  readonly lastArrival: number;
}

/** Where a stream's records are written down, beside memory. */
export interface RecordSink {
  /** Names what is written, for finding it again. */
  readonly id: string;
  /** Takes a record that the stream has stored. It is written with the others of its request. */
  add(shardIndex: number, index: number, record: StoredRecord): void;
  /** Forgets what arrived before a time, as far as whole files can go. */
  trim(before: number): void;
  /** The stream is gone, and its records with it. */
  remove(): void;
}

/** What a sink asks of its stream. */
export interface RecordOwner {
  tips(): Iterable<ShardTip>;
  /** The records of a shard from this index on could not be written: they must not be read. */
  takeBack(shardIndex: number, index: number): void;
}

/** What was written, as it is read back, in the order it was written. */
export interface RecordReader {
  /** Where the shards are that ever had records. Comes first, and now and then again. */
  tips(tips: readonly ShardTip[]): void;
  record(shardIndex: number, index: number, record: StoredRecord): void;
}

/** The sink of a stream that was there before. */
export interface ReopenedSink extends RecordSink {
  /** Gives what was written. @throws DamagedStateError, also for what the reader throws */
  read(reader: RecordReader): void;
}

/** What keeps records beyond the process. */
export interface RecordStorage {
  /** A sink for a new stream. @param name of the stream, for whoever looks at the files */
  create(name: string, owner: RecordOwner): RecordSink;
  /** The sink of a stream that was there before; it must be read before it is added to. */
  reopen(id: string, owner: RecordOwner): ReopenedSink;
  /** Whether the records of a stream that was there before have been deleted since. */
  isRemoved(id: string): boolean;
  /** Nothing needs the records of a stream that was there before. */
  discard(id: string): void;
  /**
   * Writes what was added, before the request that added it is answered.
   * @throws the system's error (ENOSPC); what could not be written has been taken back then
   */
  commit(): void;
}
