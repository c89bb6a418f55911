import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '../../resources/endpoints';
import { eventRoutes } from '../../resources/events/routes';
import { kinesisQuota } from '../../resources/kinesis-quotas';
import type { DeclaredStream } from '../../resources/streams/declared';
import { sharesApi, type Target } from './target';

/** How much of what is limited a run takes. Infinity where nobody else needs any of it. */
export interface Shares {
  /** Of an endpoint's own limit, of which clients keep the rest. */
  readonly ofThrottle: number;
  /** Of a quota of the account, which other programs need, and the stage's clients. */
  readonly ofQuota: number;
}

export const SHARED: Shares = { ofThrottle: 1 / 2, ofQuota: 1 / 5 };
const UNLIMITED = Number.POSITIVE_INFINITY;
export const UNSHARED: Shares = { ofThrottle: UNLIMITED, ofQuota: UNLIMITED };

/**
 * Commands to API Gateway's own API a second, of the ten that an account may send.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const API_GATEWAY = 5;

/** How many of each may go in a second. */
type Limits = Readonly<Record<string, number>>;

export interface RatesOptions {
  readonly shares: Shares;
  /** Whose event endpoints may have limits of their own. */
  readonly streams?: readonly DeclaredStream[];
  /** Times the rates that follow from the shares; 1 by default. */
  readonly factor?: number | undefined;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/**
 * Spaces the requests and commands of a run evenly, so that they leave the limits of endpoints and
 * the quotas of the account to others. Many may wait at once; each goes in its turn.
 */
export class Rates {
  readonly #shares: Shares;
  readonly #factor: number;
  readonly #signal: AbortSignal;
  /** By method and path of an event endpoint: how many requests it takes a second. */
  readonly #events: ReadonlyMap<string, number | undefined>;
  /** By what is limited: when the next one may go, by `performance.now()`. */
  readonly #nextAt = new Map<string, number>();

  constructor({ shares, factor = 1, signal, streams = [] }: RatesOptions) {
    this.#shares = shares;
    this.#factor = factor;
    this.#signal = signal;
    this.#events = new Map(
      eventRoutes(streams).map(({ method, path, stream }) => [
        `${method} ${path}`,
        stream.throttle?.rate,
      ]),
    );
  }

  /**
   * Waits until a request to the API may be sent.
   * @param path below the stage, with the query
   * @throws the signal's reason when it is aborted
   */
  request(method: string, path: string): Promise<void> {
    const name = `${method} ${path.replace(/\?.*/s, '')}`;
    if (!this.#events.has(name)) return this.#turn(ofRequest(method, path, this.#shares));
    const rate = this.#events.get(name);
    return this.#turn(rate === undefined ? {} : { [name]: rate * this.#shares.ofThrottle });
  }

  /** Waits until a command to AWS may be sent. @throws as {@link request} */
  command(service: 'kinesis' | 'apiGateway' | 'iam', command: object): Promise<void> {
    switch (service) {
      case 'kinesis':
        return this.#turn(
          ofAccount(command.constructor.name.replace(/Command$/, ''), this.#shares),
        );
      case 'apiGateway':
        return this.#turn({
          'API Gateway': this.#shares.ofQuota === UNLIMITED ? UNLIMITED : API_GATEWAY,
          ...ofTestedMethod(command, this.#shares),
        });
      case 'iam':
        return Promise.resolve();
    }
  }

  async #turn(limits: Limits): Promise<void> {
    const now = performance.now();
    const names = Object.keys(limits);
    const at = Math.max(now, ...names.map((name) => this.#nextAt.get(name) ?? 0));
    for (const [name, rate] of Object.entries(limits)) {
      this.#nextAt.set(name, at + 1_000 / (rate * this.#factor));
    }
    if (at > now) await sleep(at - now, undefined, { signal: this.#signal });
  }
}

/**
 * The shares for a run on a stage. A shadow stage has no clients, so the run may use its limits in
 * full. On this machine nobody shares the account, so its quotas do not count.
 */
export function sharesOf(target: Target): Shares {
  const ofThrottle = target.stack?.live === undefined ? SHARED.ofThrottle : 1;
  if (!isLoopback(target.invokeUrl)) return { ...SHARED, ofThrottle };
  const isThrottled = target.parameters.endpointThrottles === 'true' && !sharesApi(target);
  return { ...UNSHARED, ...(isThrottled && { ofThrottle }) };
}

/** True for a URL of this machine, where nobody else's quotas are. */
export function isLoopback(url: string): boolean {
  return (
    URL.canParse(url) && /^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/.test(new URL(url).hostname)
  );
}

function ofRequest(method: string, path: string, shares: Shares): Limits {
  const endpoint = endpointAt(method, path);
  if (endpoint === undefined) return {};
  const { id, action, throttle } = endpoint;
  return {
    ...(throttle && { [`endpoint ${id}`]: throttle.rate * shares.ofThrottle }),
    ...ofAccount(action, shares),
  };
}

/** The quotas of streams and shards are those of the throw-away stream, which nobody shares. */
function ofAccount(action: string, { ofQuota }: Shares): Limits {
  const quota = kinesisQuota(action);
  return quota?.of === 'account' ? { [`action ${action}`]: quota.rate * ofQuota } : {};
}

/** A test of a method passes the stage's limits by, and calls Kinesis all the same. */
function ofTestedMethod({ input = {} }: { readonly input?: object }, shares: Shares): Limits {
  const { httpMethod, pathWithQueryString } = input as Readonly<Record<string, unknown>>;
  if (typeof httpMethod !== 'string' || typeof pathWithQueryString !== 'string') return {};
  const endpoint = endpointAt(httpMethod, pathWithQueryString);
  return endpoint === undefined ? {} : ofAccount(endpoint.action, shares);
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
