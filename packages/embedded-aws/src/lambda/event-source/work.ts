import type { MappedFunction } from './mapped-function';
import type { EventSourceMapping } from './mapping';
import type { EventSourceRuntime } from './runtime';
import type { Source } from './source';

/** The context that the workers of a mapping share. */
export interface Work {
  readonly mapping: EventSourceMapping;
  readonly source: Source;
  readonly target: MappedFunction;
  readonly runtime: EventSourceRuntime;
  /** How long the stream keeps its records, in milliseconds. */
  readonly retentionMs: () => number;
  /** Aborts when the mapping stops. */
  readonly signal: AbortSignal;
}
