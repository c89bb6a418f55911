import type { DeclaredStream } from '../../resources/streams/declared';
import { HookError } from '../framework';

/**
 * The streams that the embedded AWS has from the start, as it takes them: `orders:2,clicks:1`. It
 * checks names and numbers.
 * @param configured `custom.local.streams`: the number of shards, or `on-demand`, by name
 * @param given `--streams`; replaces what is configured
 * @param declared streams of the stack, which the deployment creates
 * @throws HookError for a configuration of another shape, and for a stream of the stack
 */
export function startStreamsOf(
  configured: unknown,
  given: string | undefined,
  declared: readonly DeclaredStream[],
): string | undefined {
  const streams = given ?? (configured === undefined ? undefined : inText(configured));
  const names = streams?.split(',').map((item) => item.split(':', 1)[0]?.trim()) ?? [];
  const twice = declared.find(({ streamName }) => names.includes(streamName));
  if (twice === undefined) return streams;
  throw new HookError(
    'LOCAL_STREAM_DECLARED',
    `${given === undefined ? 'custom.local.streams' : '--streams'} names ${twice.streamName}, which streams.ts declares: the deployment creates it. Leave it out of one of the two.`,
  );
}

function inText(configured: unknown): string {
  const isRecord =
    typeof configured === 'object' && configured !== null && !Array.isArray(configured);
  if (!isRecord) {
    throw new HookError(
      'LOCAL_STREAMS_INVALID',
      "custom.local.streams takes shards by the names of streams: { orders: 2, clicks: 'on-demand' }. docs/local.md has an example.",
    );
  }
  return Object.entries(configured)
    .map(([name, shards]) => `${name}:${shards}`)
    .join(',');
}
