import { type KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import type { StreamItem } from '../protocol';

/** True if a stream belongs to the stage; `*` and `?` match as in IAM policies. */
export function matches(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('\\*', '.*')
    .replaceAll('\\?', '.');
  return new RegExp(`^${expression}$`, 's').test(name);
}

/** The stage's streams, by name. */
export async function listStreams(
  kinesis: KinesisClient,
  pattern: string,
  signal?: AbortSignal,
): Promise<StreamItem[]> {
  const streams: StreamItem[] = [];
  let start: string | undefined;
  for (;;) {
    const page = await kinesis.send(new ListStreamsCommand({ ExclusiveStartStreamName: start }), {
      abortSignal: signal,
    });
    const names = page.StreamNames ?? [];
    const summaries = new Map(
      page.StreamSummaries?.map((summary) => [summary.StreamName, summary]),
    );
    for (const name of names.filter((candidate) => matches(pattern, candidate))) {
      const summary = summaries.get(name);
      const mode = summary?.StreamModeDetails?.StreamMode;
      streams.push({
        name,
        ...(summary?.StreamStatus && { status: summary.StreamStatus }),
        ...(mode && { mode }),
      });
    }
    start = names.at(-1);
    if (!page.HasMoreStreams || start === undefined) break;
  }
  return streams.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws HookError when the stream does not belong to the stage */
export function requireOfStage(pattern: string, name: string): void {
  if (matches(pattern, name)) return;
  throw new HookError(
    'STREAM_OUTSIDE_STAGE',
    `Stream '${name}' does not belong to this stage: its parameter streams is '${pattern}'. Choose another --stream or --stage, or widen the parameter.`,
  );
}
