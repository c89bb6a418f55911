import { createHash } from 'node:crypto';
import { AwsError } from '../../core/errors';
import { type Matcher, wildcardMatcher } from '../../core/wildcard';
import type { Fault, FaultInjector, FaultTarget } from './fault';

/** A declared fault for some requests. Rates are fractions from 0 (never) to 1 (always). */
export interface FaultRule {
  /**
   * Stream name pattern with `*` and `?` as wildcards. Default: every request, with or without a
   * stream.
   */
  readonly streams?: string;
  /** Action names, for example `PutRecord`. Default: all actions. */
  readonly actions?: readonly string[];
  /** Response delay in milliseconds: fixed, or a random value between two bounds. */
  readonly latencyMs?: number | readonly [number, number];
  /** Fraction of requests that fail with `error`. */
  readonly errorRate?: number;
  /** The error of those requests. Default: InternalFailure. */
  readonly error?: FaultError;
  /**
   * Fraction that is throttled: of the records of PutRecords, and of PutRecord and GetRecords
   * requests, with ProvisionedThroughputExceededException; of all other requests with
   * LimitExceededException.
   */
  readonly throttleRate?: number;
}

/** An error response. */
export interface FaultError {
  readonly code: string;
  readonly message?: string;
  /** HTTP status. Default: 500. */
  readonly status?: number;
}

/** Fault rules for a reproducible run. */
export interface FaultPlan {
  /** Seed of the random numbers: the same seed and requests give the same faults. Default: 1. */
  readonly seed?: number;
  /** The first rule that matches a request applies; later rules are ignored. */
  readonly rules: readonly FaultRule[];
}

const DEFAULT_ERROR: FaultError = {
  code: 'InternalFailure',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
};

/**
 * Builds the fault injector for a plan. Each rule, action and stream has its own random sequence.
 */
export function injectorOf({ seed = 1, rules }: FaultPlan): FaultInjector {
  const chances = new Map<string, () => number>();
  const matchers = rules.map(({ streams = '*' }) => wildcardMatcher(streams));
  return (target) => {
    const index = rules.findIndex((rule, position) => matches(rule, matchers[position], target));
    const rule = rules[index];
    if (rule === undefined) return undefined;
    // Requests to one stream must not affect the faults of another, whatever their order.
    const key = JSON.stringify([seed, index, target.action, target.streamName]);
    const random = chances.get(key) ?? randomFrom(key);
    chances.set(key, random);
    return faultOf(rule, random);
  };
}

function matches(
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
  const [min, max] = latency;
  return min + random() * (max - min);
}

/** Pseudo-random numbers, 0 to below 1, seeded with a text (mulberry32). */
function randomFrom(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32BE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
