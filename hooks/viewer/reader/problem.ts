import { HookError } from '../../framework';
import { accessProblem, type Known, nameOf } from '../../process/known-problems';
import type { Problem } from '../protocol';

/** Advice for errors of Kinesis, by the error's name. */
const ADVICE: readonly {
  readonly names: RegExp;
  readonly title: string;
  readonly advice: string;
}[] = [
  {
    names: /^ResourceNotFoundException$/,
    title: 'There is no such stream or shard',
    advice: "Check the name. It may have been deleted, or the shard's last record trimmed.",
  },
  {
    names: /^(AccessDenied|UnauthorizedOperation)/,
    title: 'Your credentials do not allow this',
    advice:
      'Viewing a stream needs kinesis:ListStreams, ListShards, GetShardIterator and GetRecords; --replay needs ListShards and PutRecords.',
  },
  {
    names: /^KMS/,
    title: "The stream's key cannot be used",
    advice:
      'The stream is encrypted: reading it needs kms:Decrypt on its key, writing to it kms:GenerateDataKey, and the key must be enabled.',
  },
  {
    names: /^(ProvisionedThroughputExceeded|LimitExceeded|Throttling|TooManyRequests)/,
    title: 'Kinesis throttles the requests',
    advice: 'Other readers use the quota. Wait a moment and try again.',
  },
  {
    names: /^(ResourceInUse|ResourceNotReady)/,
    title: 'The stream is not ready',
    advice: 'It is being created, changed or deleted. Try again in a moment.',
  },
  {
    names: /^(InvalidArgument|ValidationException|SerializationException)/,
    title: 'Kinesis refuses the request',
    advice: 'Check the shard and the starting position.',
  },
];

/** An error in the user's words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HookError) return { code: error.code, title: error.message, advice: '' };
  const code = nameOf(error);
  const known = adviceOn(error);
  const message = error instanceof Error ? error.message : String(error);
  return {
    code,
    title: known?.title ?? 'Kinesis failed',
    advice: [sentence(message), known?.advice ?? 'Try again.'].filter(Boolean).join(' '),
  };
}

function adviceOn(error: unknown): Known | undefined {
  const name = nameOf(error);
  return ADVICE.find(({ names }) => names.test(name)) ?? accessProblem(error);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The error for the command line, or the error itself if it is not Kinesis's. */
export function readingError(error: unknown): unknown {
  const isOfKinesis = ADVICE.some(({ names }) => names.test(nameOf(error)));
  if (error instanceof HookError || !isOfKinesis) return error;
  const { code, title, advice } = problemOf(error);
  return new HookError(code, `${title}. ${advice}`, { cause: error });
}

/** True for an error that asks the caller to retry later. */
export function isThrottling(error: unknown): boolean {
  return /^(ProvisionedThroughputExceeded|LimitExceeded|KMSThrottling|Throttling)/.test(
    nameOf(error),
  );
}

export function isNamed(error: unknown, name: string): boolean {
  return nameOf(error) === name;
}
