import type { Child } from './child';
import { type Usage, usageOf } from './usage';

/** A server under test, in a process of its own on loopback. */
export interface Server {
  readonly port: number;
  /** From the start of its process until it answered, in milliseconds. */
  readonly startMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** @param port on which it now answers */
export function serverOf(child: Child, port: number): Server {
  return {
    port,
    startMs: performance.now() - child.startedAt,
    usage: () => usageOf(child.process),
    stop: () => child.stop(),
  };
}
