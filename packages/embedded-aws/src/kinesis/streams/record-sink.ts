import type { StoredRecord } from './record-chunk';

/** The latest position of a shard, which must survive the expiry of its records. */
export interface ShardTip {
  readonly shardIndex: number;
  /** Index of the next record. */
  readonly next: number;
  /** Arrival time of the latest record, in milliseconds since 1970. */
  readonly lastArrival: number;
  /** The index in the next sequence number. */
  readonly sequence: number;
}

/** Where a stream's records are persisted, in addition to memory. */
export interface RecordSink {
  /** Identifies the persisted records, to find them again after a restart. */
  readonly id: string;
  /**
   * Adds a record that the stream has stored. It is written together with the others of its
   * request.
   */
  add(shardIndex: number, index: number, record: StoredRecord): void;
  /** Deletes the records that arrived before a time, as far as whole files can be deleted. */
  trim(before: number): void;
  /** Deletes all records, because the stream has been deleted. */
  remove(): void;
}

/** The stream as its sink sees it. */
export interface RecordOwner {
  tips(): Iterable<ShardTip>;
  /**
   * Drops the records of a shard from this index on: they could not be written and must not be
   * read.
   */
  rollBack(shardIndex: number, index: number): void;
}

/** Receives the persisted records in the order in which they were written. */
export interface RecordReader {
  /**
   * The latest positions of all shards that ever held records. Called first, and again now and
   * then.
   */
  tips(tips: readonly ShardTip[]): void;
  record(shardIndex: number, index: number, record: StoredRecord): void;
}

/** The sink of a stream restored from an earlier process. */
export interface ReopenedSink extends RecordSink {
  /**
   * Passes the persisted records to the reader.
   * @throws DamagedStateError, also for errors that the reader throws
   */
  read(reader: RecordReader): void;
}

/** Persistence of records. */
export interface RecordStorage {
  /**
   * Creates the sink of a new stream.
   * @param name the name of the stream, for people who look at the files
   */
  create(name: string, owner: RecordOwner): RecordSink;
  /** Opens the sink of a stream of an earlier process; it must be read before records are added. */
  reopen(id: string, owner: RecordOwner): ReopenedSink;
  /** Returns true if the records of a stream of an earlier process have been deleted since. */
  isRemoved(id: string): boolean;
  /** Deletes the records of a stream of an earlier process. */
  discard(id: string): void;
  /**
   * Writes the added records, before the request that added them is answered.
   * @throws the system's error (for example ENOSPC); records that could not be written are rolled
   *   back
   */
  commit(): void;
}
