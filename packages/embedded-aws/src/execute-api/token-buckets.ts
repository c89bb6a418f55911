import type { ThrottleSettings } from '../apigateway/usage-plan-model';
import { GatewayError } from './gateway-error';

/** Buckets are swept when there are this many, so that short-lived APIs leave nothing behind. */
const MOST_BUCKETS = 10_000;

interface Bucket {
  tokens: number;
  /** Milliseconds since the epoch. */
  filledAt: number;
}

/**
 * Token buckets: each holds up to `burstLimit` tokens and gets `rateLimit` new ones a second; a
 * request takes one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes a token. @throws GatewayError 429 `Too Many Requests` when there is none */
  take(key: string, { rateLimit, burstLimit }: ThrottleSettings): void {
    const now = this.#now();
    if (this.#buckets.size >= MOST_BUCKETS) this.#buckets.clear();
    const bucket = this.#bucket(key, burstLimit, now);
    const seconds = Math.max(now - bucket.filledAt, 0) / 1000;
    bucket.tokens = Math.min(burstLimit, bucket.tokens + seconds * rateLimit);
    bucket.filledAt = now;
    if (bucket.tokens < 1) throw new GatewayError('THROTTLED', 'Too Many Requests');
    bucket.tokens -= 1;
  }

  #bucket(key: string, tokens: number, now: number): Bucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const bucket = { tokens, filledAt: now };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
