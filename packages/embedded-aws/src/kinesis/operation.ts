import type { Caller } from '../core/caller';
import type { StructureShape, ValueOf } from '../core/shapes/shape';
import type { Engine } from './engine';
import type { Fault } from './faults/fault';

/** What an operation acts with. */
export interface Call {
  readonly engine: Engine;
  readonly caller: Caller;
  /** The action's name, `PutRecord`: what IAM is asked about. */
  readonly action: string;
  /** Milliseconds since 1970, the same for the whole call. */
  readonly now: number;
  /** What is to go wrong with it; calls in process have none. */
  readonly fault?: Fault | undefined;
}

/** One action of the service: what it takes, declared, and what it does. */
export interface Operation<Output = unknown> {
  readonly name: string;
  readonly input: StructureShape;
  /** Constraints that hold as well, but for some requests. */
  readonly stricter?: Stricter;
  /** Acts on an input that has been read and checked. @throws AwsError */
  run(input: never, call: Call): Output;
}

/** An input's constraints where they depend on what the request acts on. */
export interface Stricter {
  readonly input: StructureShape;
  /** Whether a request that satisfies the operation's own input need not satisfy this. */
  unless(input: never, call: Call): boolean;
}

/** Declares an operation; what `run` is given follows from the declared input. */
export function operation<const S extends StructureShape, Output>(
  name: string,
  input: S,
  run: (input: ValueOf<S>, call: Call) => Output,
  stricter?: { input: StructureShape; unless: (input: ValueOf<S>, call: Call) => boolean },
): Operation<Output> {
  return { name, input, run, ...(stricter !== undefined && { stricter }) };
}
