import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '../../resources/endpoints';
import { kinesisQuota } from '../../resources/kinesis-quotas';
import { sharesApi, type Target } from './target';

/** The share of an endpoint's own limit that is taken: clients keep the rest. */
const OF_THROTTLE = 1 / 2;

/** The share of a quota of the account: other programs need it, and so do the stage's clients. */
const OF_QUOTA = 1 / 5;

/**
 * Commands to API Gateway's own API a second, of the ten that an account may send.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const API_GATEWAY = { 'API Gateway': 5 };

/** How many of each may go in a second. */
type Limits = Readonly<Record<string, number>>;

export interface RatesOptions {
  /** Times the usual rates: 1 where an account is shared, Infinity where nothing is. */
  readonly factor: number;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/**
 * Spaces the requests and commands of a run evenly, so that they leave the limits of endpoints and
 * the quotas of the account to others. Many may wait at once; each goes in its turn.
 */
export class Rates {
  readonly #factor: number;
  readonly #signal: AbortSignal;
  /** By what is limited: when the next one may go, by `performance.now()`. */
  readonly #nextAt = new Map<string, number>();

  constructor({ factor, signal }: RatesOptions) {
    this.#factor = factor;
    this.#signal = signal;
  }

  /**
   * Waits until a request to the API may be sent.
   * @param path below the stage, with the query
   * @throws the signal's reason when it is aborted
   */
  request(method: string, path: string): Promise<void> {
    return this.#turn(ofRequest(method, path));
  }

  /** Waits until a command to AWS may be sent. @throws as {@link request} */
  command(service: 'kinesis' | 'apiGateway' | 'iam', command: object): Promise<void> {
    switch (service) {
      case 'kinesis':
        return this.#turn(ofAccount(command.constructor.name.replace(/Command$/, '')));
      case 'apiGateway':
        return this.#turn({ ...API_GATEWAY, ...ofTestedMethod(command) });
      case 'iam':
        return Promise.resolve();
    }
  }

  async #turn(limits: Limits): Promise<void> {
    if (this.#factor === Number.POSITIVE_INFINITY) return;
    const now = performance.now();
    const names = Object.keys(limits);
    const at = Math.max(now, ...names.map((name) => this.#nextAt.get(name) ?? 0));
    for (const [name, rate] of Object.entries(limits)) {
      this.#nextAt.set(name, at + 1_000 / (rate * this.#factor));
    }
    if (at > now) await sleep(at - now, undefined, { signal: this.#signal });
  }
}

/** How many times the usual rates a run on a stage may take. */
export function rateFactor(target: Target): number {
  const throttles = target.parameters.endpointThrottles === 'true' && !sharesApi(target);
  return isLoopback(target.invokeUrl) && !throttles ? Number.POSITIVE_INFINITY : 1;
}

/** True for a URL of this machine, where nobody else's quotas are. */
export function isLoopback(url: string): boolean {
  return (
    URL.canParse(url) && /^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/.test(new URL(url).hostname)
  );
}

function ofRequest(method: string, path: string): Limits {
  const endpoint = endpointAt(method, path);
  if (endpoint === undefined) return {};
  const { id, action, throttle } = endpoint;
  return {
    ...(throttle && { [`endpoint ${id}`]: throttle.rate * OF_THROTTLE }),
    ...ofAccount(action),
  };
}

/** The quotas of streams and shards are those of the throw-away stream, which nobody shares. */
function ofAccount(action: string): Limits {
  const quota = kinesisQuota(action);
  return quota?.of === 'account' ? { [`action ${action}`]: quota.rate * OF_QUOTA } : {};
}

/** A test of a method passes the stage's limits by, and calls Kinesis all the same. */
function ofTestedMethod({ input = {} }: { readonly input?: object }): Limits {
  const { httpMethod, pathWithQueryString } = input as Readonly<Record<string, unknown>>;
  if (typeof httpMethod !== 'string' || typeof pathWithQueryString !== 'string') return {};
  const endpoint = endpointAt(httpMethod, pathWithQueryString);
  return endpoint === undefined ? {} : ofAccount(endpoint.action);
}

/** Each endpoint's path at the end of another, as below the root of a shared API. */
const PATTERNS = endpoints.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`${endpoint.path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
}));

const endpointAt = (method: string, path: string) =>
  PATTERNS.find(
    ({ endpoint, pattern }) =>
      endpoint.method === method && pattern.test(path.replace(/\?.*/s, '')),
  )?.endpoint;
