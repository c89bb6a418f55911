import {
  type KinesisClient,
  ListTagsForStreamCommand,
  paginateListStreams,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { atOnce } from '../process/at-once';
import { readThrowAwayName, type StreamOwner } from '../stage/throw-away-name';
import { deleteStream, OWNER_TAG, ownerTag } from './throw-away-stream';

/** A run ends long before: an older stream was left behind. */
export const SAFE_AGE_MS = 3_600_000;

/**
 * How many streams are deleted at the same time. Kinesis takes a while for each, in which it is
 * looked at again and again: an account has 20 DescribeStreamSummary a second
 * (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html).
 */
const AT_ONCE = 3;

export interface Sweep {
  readonly kinesis: KinesisClient;
  readonly owner: StreamOwner;
  /** Streams younger than this may belong to a run that is under way. */
  readonly olderThanMs: number;
  readonly signal: AbortSignal;
}

export interface ThrowAwayStream {
  readonly name: string;
  readonly ageMs: number;
}

export interface Leftovers {
  /** Old enough to be deleted. */
  readonly old: readonly ThrowAwayStream[];
  /** Perhaps still in use. */
  readonly young: readonly ThrowAwayStream[];
}

/** The throw-away streams of the owner's verifications, by age. */
export async function findLeftovers(sweep: Sweep): Promise<Leftovers> {
  const { kinesis: client, owner, olderThanMs } = sweep;
  const found: ThrowAwayStream[] = [];
  for await (const { StreamNames = [] } of paginateListStreams({ client }, {})) {
    for (const name of StreamNames) {
      const read = readThrowAwayName(name, owner);
      if (read === undefined || !(await isOwned(sweep, name, read.namesOwner))) continue;
      // A clock that runs ahead must not make a stream old.
      found.push({ name, ageMs: Math.max(0, Date.now() - read.madeAt.getTime()) });
    }
  }
  return {
    old: found.filter(({ ageMs }) => ageMs >= olderThanMs),
    young: found.filter(({ ageMs }) => ageMs < olderThanMs),
  };
}

/**
 * The tag says whose a stream is. A run that was killed before it could set the tag leaves a stream
 * without one: then the digest in the name decides.
 */
async function isOwned(
  { kinesis, owner }: Sweep,
  name: string,
  namesOwner: boolean,
): Promise<boolean> {
  try {
    const { Tags = [] } = await kinesis.send(new ListTagsForStreamCommand({ StreamName: name }));
    const tag = Tags.find(({ Key }) => Key === OWNER_TAG);
    return tag === undefined ? namesOwner : tag.Value === ownerTag(owner);
  } catch (error) {
    // Deleted since it was listed.
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

/** Deletes streams. @returns those that could not be deleted, and why */
export async function deleteLeftovers(
  { kinesis, signal }: Sweep,
  leftovers: readonly ThrowAwayStream[],
): Promise<{ readonly name: string; readonly error: unknown }[]> {
  const outcomes = await atOnce(AT_ONCE, leftovers, ({ name }) =>
    deleteStream(kinesis, name, signal).then(
      () => [],
      (error: unknown) => [{ name, error }],
    ),
  );
  return outcomes.flat();
}
