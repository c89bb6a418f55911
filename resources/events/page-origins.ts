import type { DeclaredStream } from '../streams/declared';

/**
 * The origins whose pages may send to a stream, `*` for all: those that it lists, and all where
 * everybody may send.
 * @returns undefined where the stage's `corsOrigins` decide
 */
export function pageOrigins({
  origins,
  authorization,
}: Pick<DeclaredStream, 'origins' | 'authorization'>): readonly string[] | undefined {
  if (origins.length > 0) return origins;
  return authorization === 'NONE' ? ['*'] : undefined;
}
