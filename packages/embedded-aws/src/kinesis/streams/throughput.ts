import { QUOTAS } from '../quotas';

/** Limits of one shard per second (quotas page of the developer guide). */
export const SHARD_LIMITS = {
  bytesIn: QUOTAS.shardBytesIn,
  recordsIn: QUOTAS.shardRecordsIn,
  bytesOut: QUOTAS.shardBytesOut,
  readsOut: QUOTAS.shardReads,
} as const;

/** Counts the traffic of one shard in the current second. */
export class Throughput {
  #second = 0;
  #bytesIn = 0;
  #recordsIn = 0;
  #bytesOut = 0;
  #readsOut = 0;
  /**
   * GetRecords may return 10 MiB at once; later reads are then rejected until the rate recovers.
   */
  #readsBlockedUntil = 0;

  /** Counts one more record if it is within the limits. Returns false otherwise. */
  takeRecord(now: number, bytes: number): boolean {
    this.#rollOver(now);
    if (this.#recordsIn + 1 > SHARD_LIMITS.recordsIn) return false;
    // A record larger than the limit still fits into an idle shard: streams may allow 10 MiB.
    if (this.#bytesIn > 0 && this.#bytesIn + bytes > SHARD_LIMITS.bytesIn) return false;
    this.#recordsIn += 1;
    this.#bytesIn += bytes;
    return true;
  }

  /** Counts one more read if it is within the limits. Returns false otherwise. */
  takeRead(now: number): boolean {
    this.#rollOver(now);
    if (now < this.#readsBlockedUntil || this.#readsOut + 1 > SHARD_LIMITS.readsOut) return false;
    this.#readsOut += 1;
    return true;
  }

  /** Counts the bytes that a read returned. */
  countBytesOut(now: number, bytes: number): void {
    this.#rollOver(now);
    this.#bytesOut += bytes;
    if (this.#bytesOut <= SHARD_LIMITS.bytesOut) return;
    this.#readsBlockedUntil = now + (this.#bytesOut / SHARD_LIMITS.bytesOut) * 1000;
  }

  #rollOver(now: number): void {
    const second = Math.floor(now / 1000);
    if (second === this.#second) return;
    this.#second = second;
    this.#bytesIn = 0;
    this.#recordsIn = 0;
    this.#bytesOut = 0;
    this.#readsOut = 0;
  }
}
