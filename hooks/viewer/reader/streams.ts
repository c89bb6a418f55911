import { type KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import { listed } from '../../framework/listed';
import type { StreamItem } from '../protocol';

/** Which streams are a stage's. */
export interface StageStreams {
  /** Its parameter `streams`. */
  readonly pattern: string;
  /** Those that it declares, whatever the pattern. */
  readonly declared: readonly { readonly name: string; readonly streamName: string }[];
}

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
  ofStage: StageStreams,
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
    for (const name of names.filter((candidate) => isOfStage(ofStage, candidate))) {
      const declared = ofStage.declared.find(({ streamName }) => streamName === name)?.name;
      const summary = summaries.get(name);
      const mode = summary?.StreamModeDetails?.StreamMode;
      streams.push({
        name,
        ...(declared !== undefined && { declared }),
        ...(summary?.StreamStatus && { status: summary.StreamStatus }),
        ...(mode && { mode }),
      });
    }
    start = names.at(-1);
    if (!page.HasMoreStreams || start === undefined) break;
  }
  return streams.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isOfStage = ({ pattern, declared }: StageStreams, name: string): boolean =>
  declared.some(({ streamName }) => streamName === name) || matches(pattern, name);

/** `arn:aws:kinesis:us-east-1:123456789012:stream/orders` */
const ARN = /^arn:[^:]+:kinesis:[^:]*:\d*:stream\//;

/**
 * The name in Kinesis of one of the stage's streams.
 * @param text its name in streams.ts or in Kinesis, in this order; or its ARN
 * @throws HookError when the stream does not belong to the stage
 */
export function nameOfStream(ofStage: StageStreams, text: string): string {
  const declared = ofStage.declared.find(({ name }) => name === text);
  if (declared !== undefined) return declared.streamName;
  const name = text.replace(ARN, '');
  if (isOfStage(ofStage, name)) return name;
  throw new HookError(
    'STREAM_OUTSIDE_STAGE',
    `Stream '${name}' does not belong to this stage: its parameter streams is '${ofStage.pattern}'${declaresText(ofStage)}. Choose another --stream or --stage, or widen the parameter.`,
  );
}

function declaresText({ declared }: StageStreams): string {
  if (declared.length === 0) return '';
  return `, and streams.ts declares ${listed(declared.map(({ name }) => name))}`;
}
