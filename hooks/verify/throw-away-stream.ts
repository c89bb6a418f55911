import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { HookError } from '../framework';

/** Kinesis's limit on a stream's name. */
const NAME_LENGTH = 128;

/**
 * A name that no other stream has and that the stage's role may touch: what stands for the first `*`
 * of the stage's pattern.
 * @throws HookError when the pattern names exactly one stream, which must not be touched
 */
export function throwAwayName(pattern: string, stage: string): string {
  if (!pattern.includes('*')) {
    throw new HookError(
      'NO_STREAM_TO_VERIFY_WITH',
      `The API may touch only the stream '${pattern}', so verification cannot make one of its own. Let the parameter streams end in '*', or leave verification out with --skip-verify.`,
    );
  }
  const unique = `verify-${stage}-${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  const name = pattern.replace('*', unique).replaceAll('*', '').replaceAll('?', 'x');
  return name.length <= NAME_LENGTH ? name : tooLong(pattern);
}

function tooLong(pattern: string): never {
  throw new HookError(
    'NO_STREAM_TO_VERIFY_WITH',
    `The parameter streams, '${pattern}', leaves no room for a stream to verify with. Make it shorter.`,
  );
}

/** Creates the stream where the API may not. */
export async function createStream(kinesis: KinesisClient, name: string): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: 1 }));
}

/** The stream's status, or undefined when there is none of that name. */
export async function streamStatus(
  kinesis: KinesisClient,
  name: string,
): Promise<string | undefined> {
  try {
    const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name }));
    return answer.StreamDescriptionSummary?.StreamStatus;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Waits until the stream has a status; undefined means gone. */
export async function waitForStatus(
  kinesis: KinesisClient,
  name: string,
  wanted: 'ACTIVE' | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    if ((await streamStatus(kinesis, name)) === wanted) return;
    await sleep(pauseMs, undefined, { signal });
  }
}

/**
 * Deletes the stream, in whatever state it is, and waits until it is gone. One that never was or is
 * gone already is no error.
 */
export async function deleteStream(
  kinesis: KinesisClient,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
    const status = await streamStatus(kinesis, name);
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
