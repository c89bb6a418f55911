import type { Caller } from '../core/caller';
import type { StructureShape, ValueOf } from '../core/shapes/shape';
import type { Engine } from './engine';
import type { Fault } from './faults/fault';

/** The context in which an operation runs. */
export interface Call {
  readonly engine: Engine;
  readonly caller: Caller;
  /** The name of the action, for example `PutRecord`. IAM authorizes this action. */
  readonly action: string;
  /** Milliseconds since 1970, constant for the whole call. */
  readonly now: number;
  /** The fault to inject; undefined for in-process calls. */
  readonly fault?: Fault | undefined;
}

/** One action of the service: its declared input and its implementation. */
export interface Operation<Output = unknown> {
  readonly name: string;
  readonly input: StructureShape;
  /** Additional constraints, from which some requests are exempt. */
  readonly stricter?: Stricter;
  /**
   * Runs the action on an input that has been parsed and validated.
   * @throws AwsError
   */
  run(input: never, call: Call): Output;
}

/** Constraints of an input that depend on the resource the request acts on. */
export interface Stricter {
  readonly input: StructureShape;
  /** Returns true if a request that satisfies the operation's own input is exempt from this one. */
  unless(input: never, call: Call): boolean;
}

/**
 * Declares an operation. The type of the request passed to `run` follows from the declared input.
 */
export function operation<const S extends StructureShape, Output>(
  name: string,
  input: S,
  run: (input: ValueOf<S>, call: Call) => Output,
  stricter?: { input: StructureShape; unless: (input: ValueOf<S>, call: Call) => boolean },
): Operation<Output> {
  return { name, input, run, ...(stricter !== undefined && { stricter }) };
}
