import { createHash } from 'node:crypto';
import { AwsError } from '../../core/errors';
import { type Matcher, wildcardMatcher } from '../../core/wildcard';
import type { Fault, FaultInjector, FaultTarget } from './fault';

/** What goes wrong with some requests, declared. Chances are shares, 0 (never) to 1 (always). */
export interface FaultRule {
  /** The streams: a name, with `*` and `?` as wildcards. Absent: every request, any stream or none. */
  readonly streams?: string;
  /** The actions, `PutRecord`. Absent: all. */
  readonly actions?: readonly string[];
  /** Milliseconds that answers are held back: so many, or between the two, drawn by chance. */
  readonly latencyMs?: number | readonly [number, number];
  /** The share of requests that fails with `error`. */
  readonly errorRate?: number;
  /** What they fail with. */
  readonly error?: FaultError;
  /**
   * The share that is refused as too fast: of a PutRecords's records, of PutRecord and GetRecords
   * with ProvisionedThroughputExceededException, of all else with LimitExceededException.
   */
  readonly throttleRate?: number;
}

/** An error to answer. */
export interface FaultError {
  readonly code: string;
  readonly message?: string;
  /** HTTP status; 500 when absent. */
  readonly status?: number;
}

/** Faults for a run that can be repeated. */
export interface FaultPlan {
  /** Where the chances come from; the same seed and requests meet the same fate. */
  readonly seed?: number;
  /** The first rule that fits a request is the only one. */
  readonly rules: readonly FaultRule[];
}

const DEFAULT_ERROR: FaultError = {
  code: 'InternalFailure',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
};

/** A plan as what the service asks. Each rule, action and stream has chances of its own. */
export function injectorOf({ seed = 1, rules }: FaultPlan): FaultInjector {
  const chances = new Map<string, () => number>();
  const matchers = rules.map(({ streams = '*' }) => wildcardMatcher(streams));
  return (target) => {
    const index = rules.findIndex((rule, nth) => fits(rule, matchers[nth], target));
    const rule = rules[index];
    if (rule === undefined) return undefined;
    // Requests to one stream must not change what happens to another's, whichever comes first.
    const key = JSON.stringify([seed, index, target.action, target.streamName]);
    const random = chances.get(key) ?? randomFrom(key);
    chances.set(key, random);
    return faultOf(rule, random);
  };
}

function fits(
  { streams, actions }: FaultRule,
  isStream: Matcher | undefined,
  { action, streamName }: FaultTarget,
): boolean {
  if (actions !== undefined && !actions.includes(action)) return false;
  return streams === undefined || (streamName !== undefined && isStream?.(streamName) === true);
}

function faultOf(rule: FaultRule, random: () => number): Fault {
  const { latencyMs, errorRate = 0, throttleRate: throttledShare = 0 } = rule;
  const { code, message = '', status = 500 } = rule.error ?? DEFAULT_ERROR;
  return {
    ...(latencyMs !== undefined && { delayMs: between(latencyMs, random) }),
    ...(errorRate > 0 &&
      random() < errorRate && { error: new AwsError(code, message, { status }) }),
    throttledShare,
    random,
  };
}

function between(latency: number | readonly [number, number], random: () => number): number {
  if (typeof latency === 'number') return latency;
  const [least, most] = latency;
  return least + random() * (most - least);
}

/** Random numbers, 0 to below 1, that follow from a text (mulberry32). */
function randomFrom(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32BE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
