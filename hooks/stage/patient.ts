import { setTimeout as sleep } from 'node:timers/promises';
import { isUnreadable } from '../process/known-problems';
import { isLost, Retries, type Tries, type Trouble } from '../process/retries';
import { orLate } from '../process/within';
import { causesOf, networkReason, refusedCredentials, type Thrown, Unasked } from './unasked';

/** The part of an AWS SDK client that sends commands. */
export interface Sender {
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>;
}

export interface PatienceOptions {
  /** In the words of a report: `Kinesis`. */
  readonly service: string;
  /** True if a run ends when the service does not answer at all. */
  readonly isVital: boolean;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  /** How long one try may take at the most, in milliseconds; LONGEST_MS or less. */
  readonly requestMs?: number;
  /** How long requests with transient faults are repeated, in milliseconds. */
  readonly retryMs: number;
  /** The same for throttled requests. */
  readonly busyMs?: number | undefined;
  /** Called whenever one is throttled. */
  readonly onBusy?: () => void;
  /** Called before each try of a command; waits until it may be sent. */
  readonly turn?: (command: object) => Promise<void>;
}

/** The services answer in far less; API Gateway's test of a method takes as long as the backend. */
const LONGEST_MS = 20_000;
/** The share of the longest wait that a first try gets. */
const FIRST_PATIENCE = 0.15;

/** The clients that patience was added to, so that none gets it twice. */
const plain = new WeakMap<object, unknown>();

/**
 * A client that is sure to answer: every command has a time limit, the SDK's own repetitions
 * included, and is sent again when its failure may pass. What cannot be asked fails as `Unasked`,
 * and where the service is silent or the credentials are refused, all that follows does so at once.
 */
export function patient<Client extends Sender>(given: Client, options: PatienceOptions): Client {
  const client = (plain.get(given) as Client | undefined) ?? given;
  const { signal, retryMs, busyMs } = options;
  const longestMs = Math.min(options.requestMs ?? LONGEST_MS, LONGEST_MS);
  const firstMs = longestMs * FIRST_PATIENCE;
  const retries = new Retries({ retryMs, busyMs, firstMs, longestMs });
  let known: Unasked | undefined;

  /** @returns the pause before the next try. @throws the failure, when there is no next try */
  const pauseAfter = (error: unknown, tries: Tries, count: number): number => {
    signal.throwIfAborted();
    const trouble = troubleOf(error);
    if (trouble === 'busy') options.onBusy?.();
    const wait = trouble && tries.next(trouble);
    if (wait !== undefined) return wait;
    const unasked = unaskedBy(error, trouble, count, options);
    if (unasked?.obstacle === 'silent' || unasked?.obstacle === 'credentials') known = unasked;
    throw unasked ?? error;
  };

  const send = async (command: never, sendOptions: { abortSignal?: AbortSignal } = {}) => {
    if (known) throw asKnown(known);
    const tries = retries.begin();
    for (let count = 1; ; count += 1) {
      await options.turn?.(command);
      const { patienceMs } = tries;
      const started = performance.now();
      try {
        const late = `no answer in ${Math.round(patienceMs)} ms`;
        const answer = await orLate(patienceMs, signal, late, (ended) =>
          client.send(command, { ...sendOptions, abortSignal: ended }),
        );
        tries.answeredIn(performance.now() - started);
        return answer;
      } catch (error) {
        await sleep(pauseAfter(error, tries, count), undefined, { signal });
      }
    }
  };

  // With the client behind it: all else, such as its configuration, is the client's own.
  const patientClient: Client = Object.create(client, { send: { value: send } });
  plain.set(patientClient, client);
  return patientClient;
}

const asKnown = ({ message, obstacle, endsRun }: Unasked) =>
  new Unasked(message, obstacle, { endsRun, isKnown: true });

/** An error of the AWS SDK. */
interface SdkError extends Thrown {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|ThroughputExceeded|SlowDown/;
const NO_CONNECTION =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|EPIPE|ETIMEDOUT|UND_ERR|ERR_SSL|ERR_TLS|CERT_|UNABLE_|SELF_SIGNED|DEPTH_ZERO|EPROTO|ERR_HTTP2)/;

/** By the answer the SDK has set its clock, and signs the next request by that. */
const isOfTheClock = ({ name, message }: Thrown) =>
  /^(RequestTimeTooSkewed|RequestInTheFuture)$/.test(name) ||
  (name === 'InvalidSignatureException' && /Signature (expired|not yet)/.test(message));

function troubleOf(error: unknown): Trouble | undefined {
  for (const thrown of causesOf(error) as readonly SdkError[]) {
    const { name, code, $metadata } = thrown;
    if (isOfTheClock(thrown)) return 'fault';
    if (name === 'TimeoutError') return 'late';
    const status = $metadata?.httpStatusCode ?? 0;
    if (THROTTLED.test(name) || status === 429) return 'busy';
    if (status >= 500 || isUnreadable(thrown)) return 'fault';
    if (typeof code === 'string' && NO_CONNECTION.test(code)) return 'lost';
    // The service answered, and what it says stays so.
    if (status >= 400) return undefined;
  }
  return undefined;
}

/** The obstacle behind the last failure; undefined where the service answered. */
function unaskedBy(
  error: unknown,
  trouble: Trouble | undefined,
  count: number,
  { service, isVital }: PatienceOptions,
): Unasked | undefined {
  const [thrown] = causesOf(error);
  if (thrown === undefined) return undefined;
  const { name, message, code } = thrown;
  const reason = message === '' ? name : `${name}: ${message}`;
  // Only the first sentence: the message already says what to do.
  const said = `${service}: ${reason.split('. ')[0]}`;
  const refused = refusedCredentials([name, String(code)], said, error);
  if (refused) return refused;
  if (/^((KMS)?AccessDenied|NotAuthorized|Unauthorized)/.test(name)) {
    return new Unasked(`${service}: ${reason}`, 'denied', { cause: error });
  }
  const tries = count === 1 ? '' : `, asked ${count} times`;
  if (trouble === undefined) return undefined;
  if (!isLost(trouble)) {
    return new Unasked(`${service} fails (${reason}${tries})`, 'failing', { cause: error });
  }
  return new Unasked(
    `${service} does not answer (${networkReason(error)}${tries}). Check the network, then run the command again`,
    'silent',
    { cause: error, endsRun: isVital },
  );
}
