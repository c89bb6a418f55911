import { type KinesisClient, paginateListStreams } from '@aws-sdk/client-kinesis';
import { deleteStream, throwAwayTime } from './throw-away-stream';

/** A run ends long before: what is older was left behind. */
export const SAFE_AGE_MS = 3_600_000;

export interface Sweep {
  readonly kinesis: KinesisClient;
  readonly stage: string;
  /** The stage's pattern of streams. */
  readonly pattern: string;
  /** Streams younger than this may belong to a run that is under way. */
  readonly olderThanMs: number;
  readonly signal: AbortSignal;
}

export interface Leftover {
  readonly name: string;
  readonly ageMs: number;
}

/** Throw-away streams of the stage's verifications that are older than an age. */
export async function findLeftovers(sweep: Sweep): Promise<Leftover[]> {
  const { kinesis: client, stage, pattern, olderThanMs } = sweep;
  const leftovers: Leftover[] = [];
  for await (const { StreamNames = [] } of paginateListStreams({ client }, {})) {
    for (const name of StreamNames) {
      const made = throwAwayTime(name, pattern, stage);
      const ageMs = made === undefined ? -1 : Date.now() - made;
      if (ageMs >= 0 && ageMs >= olderThanMs) leftovers.push({ name, ageMs });
    }
  }
  return leftovers;
}

/** Deletes them. @returns what could not be deleted, and why */
export async function deleteLeftovers(
  { kinesis, signal }: Sweep,
  leftovers: readonly Leftover[],
): Promise<{ readonly name: string; readonly error: unknown }[]> {
  const failed: { name: string; error: unknown }[] = [];
  for (const { name } of leftovers) {
    await deleteStream(kinesis, name, signal).catch((error: unknown) => {
      failed.push({ name, error });
    });
  }
  return failed;
}
