/** The space of hash keys: a partition key's MD5, as a number of 128 bits. */
const SPACE = 1n << 128n;

export interface HashKeyRange {
  /** Decimal, as Kinesis writes it; both ends belong to the range. */
  readonly start: string;
  readonly end: string;
}

/** Where in the space a hash key lies, 0 to 1. */
export function placeOf(hashKey: string): number {
  return ratio(BigInt(hashKey));
}

/** Which part of the space a range covers, 0 to 1. */
export function shareOf({ start, end }: HashKeyRange): number {
  return ratio(BigInt(end) - BigInt(start) + 1n);
}

export function covers({ start, end }: HashKeyRange, hashKey: string): boolean {
  return BigInt(start) <= BigInt(hashKey) && BigInt(hashKey) <= BigInt(end);
}

/** To one part in a million million: finer than any screen. */
function ratio(part: bigint): number {
  const FINENESS = 1_000_000_000_000n;
  return Number((part * FINENESS) / SPACE) / Number(FINENESS);
}
