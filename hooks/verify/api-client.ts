import { setTimeout as sleep } from 'node:timers/promises';
import { isRefused, Retries, type Tries, type Trouble } from '../process/retries';
import type { Rates } from '../stage/rates';
import { networkReason, Unasked } from '../stage/unasked';
import { isFiltered, isForbidden, requireCredentials, requireJson, whyAgain } from './answers';
import { type Answer, asLost, attempt, type Lost } from './attempt';
import { CheckFailure } from './check';
import type { ApiRequest, Direct, Exchange, Sign } from './exchange';
import { countRetried, countTrouble, emptyTally, type Tally } from './tally';

export {
  type ApiRequest,
  type Direct,
  type DirectAnswer,
  type DirectRequest,
  type Exchange,
  type Sign,
  unsigned,
} from './exchange';
export type { Tally } from './tally';

export interface ApiClient {
  readonly tally: Tally;
  /**
   * @throws Unasked when the API does not answer at all, or refuses the credentials, or when its
   *   web ACL blocks the request, or its clients take up the limit of the endpoint
   * @throws CheckFailure when it does not answer this request, or answers 2xx with something else
   *   than JSON
   */
  send(request: ApiRequest): Promise<Exchange>;
}

export interface ApiClientOptions {
  readonly invokeUrl: string;
  readonly sign: Sign;
  /** Answers of other deployments do not count; undefined where answers do not name theirs. */
  readonly deploymentId: string | undefined;
  /** True if the gateway is a shared one, whose own errors do not name the deployment. */
  readonly sharesApi?: boolean;
  /** Takes secrets out of a text: answers may repeat what a request showed. */
  readonly hide?: (text: string) => string;
  /** @throws NoWayIn for a request that there are no credentials for */
  readonly requireWayIn?: (request: ApiRequest) => void;
  /** True if a refused request may be let in when it is repeated, with credentials asked for anew. */
  readonly renews?: (request: ApiRequest, answer: Answer) => boolean;
  /** Names the rule of a web ACL that blocked a request, where that can be known. */
  readonly ruleOf?: (blocked: Exchange) => Promise<string | undefined>;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  /** Space the requests; absent where they may go as fast as they can. */
  readonly rates?: Rates;
  readonly transport?: typeof fetch;
  /** In place of a transport. */
  readonly direct?: Direct;
  /** How long transient faults are retried, in milliseconds; see `Limits`. */
  readonly retryMs: number;
  readonly busyMs?: number | undefined;
  /** The longest that one request may take, in milliseconds. */
  readonly requestMs: number;
  /** Pause before the second attempt, in milliseconds; each further one is twice as long. */
  readonly pauseMs?: number;
  /** Where requests are counted. */
  readonly tally?: Tally;
}

/**
 * Most answers come in a moment; to wait for the slowest possible one each time would take a run's
 * time.
 */
const FIRST_PATIENCE = 1 / 8;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { signal, retryMs, busyMs, requestMs, pauseMs, tally = emptyTally() } = options;
  const retries = new Retries({
    retryMs,
    busyMs,
    firstMs: requestMs * FIRST_PATIENCE,
    longestMs: requestMs,
    ...(pauseMs !== undefined && { pauseMs }),
  });
  /** True once an answer has come from the expected deployment. */
  let isLive = false;
  /** True once a signature or a key has been accepted. */
  let isLetIn = false;

  const tryOnce = async (request: ApiRequest, tries: Tries) => {
    tally.sent += 1;
    const started = performance.now();
    const outcome = await attempt(request, options, tries.patienceMs).catch((error: unknown) => {
      signal.throwIfAborted();
      return asLost(error);
    });
    if ('status' in outcome) tries.answeredIn(performance.now() - started);
    const again = isRenewed(request, outcome)
      ? { text: 'the token has expired', trouble: 'elsewhere' as const }
      : whyAgain(outcome, options, { ...request, isLive });
    isLive ||= again === undefined;
    if (again) countTrouble(tally, again.trouble);
    return { outcome, again };
  };

  /** A request that an entrance refuses uses up none of the limits behind it. */
  const turn = ({ method, path, pretence }: ApiRequest) =>
    pretence === undefined ? options.rates?.request(method, path) : undefined;

  const isRenewed = (request: ApiRequest, outcome: Answer | Lost) =>
    'status' in outcome && !outcome.anonymous && options.renews?.(request, outcome) === true;

  const send = async (request: ApiRequest): Promise<Exchange> => {
    options.requireWayIn?.(request);
    await turn(request);
    const tries = retries.begin();
    const met: Trouble[] = [];
    const why: string[] = [];
    tally.answers += 1;
    for (;;) {
      const { outcome, again } = await tryOnce(request, tries);
      const wait = again && tries.next(again.trouble);
      if (again === undefined || wait === undefined) {
        if (again?.trouble === 'limited') throw takenUp(request, why.length + 1);
        if (met.length > 0) countRetried(tally, { request: lineOf(request), why }, met);
        if ('status' in outcome) return accepted(request, { ...outcome, ...history(met, why) });
        throw await silence(outcome, request, why.length + 1);
      }
      met.push(again.trouble);
      why.push(again.text);
      await sleep(wait, undefined, { signal });
      await turn(request);
    }
  };

  const accepted = async (request: ApiRequest, exchange: Exchange): Promise<Exchange> => {
    if (isFiltered(exchange) || isForbidden(exchange, options, isLetIn)) {
      throw blocked(exchange, request, await options.ruleOf?.(exchange));
    }
    if (!request.mayLackJson) requireJson(exchange, options);
    requireCredentials(exchange, options, isLetIn);
    isLetIn ||= !exchange.anonymous && ![401, 403].includes(exchange.status);
    return exchange;
  };

  /**
   * The error for a request that got no answer: a fault of the API only where other requests get
   * one.
   */
  const silence = async ({ error }: Lost, request: ApiRequest, attempts: number) => {
    const reason = `${networkReason(error)}, asked ${attempts} times`;
    if (isLive && (await isThere(options))) {
      const line = lineOf(request);
      const message = `${line} gets no answer (${reason}), while other requests do`;
      return new CheckFailure(message, undefined, { cause: error });
    }
    signal.throwIfAborted();
    return new Unasked(
      `The API at ${options.invokeUrl} does not answer (${reason}). Check the network, then run the command again`,
      'silent',
      { cause: error, endsRun: true },
    );
  };

  return { tally, send };
}

/** The API's own answer is not known. */
const blocked = (exchange: Exchange, request: ApiRequest, rule: string | undefined) =>
  new Unasked(
    `The web ACL of the stage blocks ${lineOf(request)} (${exchange.status}, ${rule === undefined ? 'its sampled requests say by which rule' : `rule ${rule}`}). docs/web-acl.md says which rules to count`,
    'filtered',
  );

/** The limit is there for its clients' sake, and they do not say so. */
const takenUp = (request: ApiRequest, attempts: number) =>
  new Unasked(
    `${lineOf(request)} is throttled by the stage (429, asked ${attempts} times): its clients take up the limit. Verify when they are quieter, or raise the limit`,
    'failing',
  );

const lineOf = ({ method, path }: ApiRequest) => `${method} ${path.replace(/\?.*/, '')}`;

const history = (met: readonly Trouble[], why: readonly string[]) => ({
  attempts: why.length + 1,
  // Throttled requests were not carried out.
  mayHaveActed: 1 + met.filter((trouble) => !isRefused(trouble)).length,
  retried: why,
});

/** True if the API answers at all, with any status. */
async function isThere(options: ApiClientOptions): Promise<boolean> {
  const probe = { method: 'GET', path: '/streams', anonymous: true };
  return attempt(probe, options, options.requestMs).then(
    () => true,
    () => false,
  );
}
