import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ResourceInUseException,
  ResourceNotFoundException,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import type { StreamOwner } from '../stage/throw-away-name';
import { type CheckContext, CheckFailure } from './check';

/** Says whose verification made a stream: `service/stage`, neither of which may hold a slash. */
export const OWNER_TAG = 'verification-of';

export const ownerTag = ({ service, stage }: StreamOwner) => `${service}/${stage}`;

/**
 * Tags the throw-away stream, which must be ACTIVE, as its owner's. A sweep deletes no stream that
 * bears another's tag.
 */
export async function tagStream({
  kinesis,
  stream,
  target,
}: Pick<CheckContext, 'kinesis' | 'stream' | 'target'>): Promise<void> {
  const Tags = { [OWNER_TAG]: ownerTag(target) };
  await kinesis.send(new AddTagsToStreamCommand({ StreamName: stream, Tags }));
}

/**
 * Encrypts the throw-away stream, which must be ACTIVE, like the stage's own, and waits until what is
 * written is encrypted: AWS says that this may take 5 s longer than the stream takes to be ACTIVE.
 * Each run has a stream of its own, of which AWS allows 25 such changes a day.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StartStreamEncryption.html
 */
export async function encryptStream(context: CheckContext, KeyId: string): Promise<void> {
  const { kinesis, stream, pace, signal } = context;
  try {
    await kinesis.send(
      new StartStreamEncryptionCommand({ StreamName: stream, EncryptionType: 'KMS', KeyId }),
    );
  } catch (error) {
    // The request before was carried out, and only its answer was lost.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const keyId = KeyId.slice(KeyId.lastIndexOf('/') + 1);
  await waitFor(
    context,
    'encrypted',
    (summary) =>
      summary?.StreamStatus === 'ACTIVE' &&
      summary.EncryptionType === 'KMS' &&
      // The stream may be encrypted with another already.
      summary.KeyId?.endsWith(keyId) === true,
  );
  await sleep(pace.encryptionMs, undefined, { signal });
}

/** Creates the stream where the API may not. The name is unique: a stream that exists is an echo. */
export async function createStream(kinesis: KinesisClient, name: string): Promise<void> {
  try {
    await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

export async function streamSummary({
  kinesis,
  stream,
}: Pick<CheckContext, 'kinesis' | 'stream'>): Promise<StreamDescriptionSummary | undefined> {
  try {
    const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
    return answer.StreamDescriptionSummary;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** How often progress is reported while waiting, in milliseconds. */
const TELL_EVERY_MS = 5_000;

/**
 * Waits until the throw-away stream has a status; undefined means deleted.
 * @throws CheckFailure when it has another for too long
 */
export function waitForStatus(context: CheckContext, wanted: 'ACTIVE' | undefined): Promise<void> {
  return waitFor(context, wanted ?? 'gone', (summary) => summary?.StreamStatus === wanted);
}

async function waitFor(
  { kinesis, stream, pace, progress, signal }: CheckContext,
  wanted: string,
  isSo: (summary: StreamDescriptionSummary | undefined) => boolean,
): Promise<void> {
  const until = Date.now() + pace.streamMs;
  let tell = Date.now() + TELL_EVERY_MS;
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    // Before the look: where the process was held up, the last one comes after the time is up.
    const left = until - Date.now();
    const summary = await streamSummary({ kinesis, stream });
    if (isSo(summary)) return;
    if (left <= 0) {
      const now = summary?.StreamStatus ?? 'not there';
      throw new CheckFailure(
        `the stream ${stream} is ${now} after ${pace.streamMs / 1000} s, not ${wanted}`,
      );
    }
    if (Date.now() >= tell) {
      progress(`waiting for ${stream} to be ${wanted}, ${Math.ceil(left / 1000)} s left`);
      tell = Date.now() + TELL_EVERY_MS;
    }
    await sleep(Math.min(pauseMs, left), undefined, { signal });
  }
}

/**
 * Deletes the stream, in any state, and waits until it is deleted. One that never existed or is
 * already deleted is no error.
 */
export async function deleteStream(
  kinesis: KinesisClient,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    const status = (await streamSummary({ kinesis, stream: name }))?.StreamStatus;
    if (status === undefined) return;
    if (status !== 'DELETING') await requestDeletion(kinesis, name);
    await sleep(pauseMs, undefined, { signal });
  }
}

async function requestDeletion(kinesis: KinesisClient, name: string): Promise<void> {
  try {
    await kinesis.send(
      new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }),
    );
  } catch (error) {
    // Gone meanwhile, or still being created: the next look decides.
    if (error instanceof ResourceNotFoundException) return;
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
}
