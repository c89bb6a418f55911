import { type AwsOptions, createAws } from './aws';
import { checkedAddress, isLoopback, LOOPBACK, urlOf, urlsOf } from './server/interfaces';
import { type Listener, listen } from './server/listen';
import { OwnerSecret } from './server/owner-secret';
import { TIMEOUTS } from './server/timeouts';
import { State, tend } from './state';

export { type AwsOptions, createAws } from './aws';
export { AwsError, type AwsErrorOptions } from './core/errors';
export type { HttpRequest, HttpResponse } from './core/http';
export { OptionError } from './core/option-error';
export type { AccessDecision } from './iam';
export type {
  Fault,
  FaultError,
  FaultInjector,
  FaultPlan,
  FaultRule,
  FaultTarget,
  KinesisOptions,
  StartStreams,
} from './kinesis';
export type { Dispatcher } from './server/dispatch';
export { type Handler, type Listener, listen } from './server/listen';
export type { StartMessage } from './start-message';
export { StateError } from './state';

export interface LocalAwsOptions extends AwsOptions {
  /** Port on 127.0.0.1, and on `host`; 0 picks a free one. */
  readonly port: number;
  /**
   * An IP address of this machine to listen on beside 127.0.0.1, for containers and other machines;
   * 0.0.0.0 or :: for all of them. Unless it is loopback, signatures are verified by default, as with
   * `strict: true`. `strict: false` lets anyone who reaches it run code on this machine.
   */
  readonly host?: string | undefined;
  /** A folder to keep everything in, across restarts; in memory alone without it. */
  readonly persist?: string | undefined;
}

/** A running embedded AWS. */
export interface LocalAws extends Listener {
  /** The endpoint for AWS clients. */
  readonly url: string;
  /** URLs by which other machines and containers reach it; none without `host`. */
  readonly openAt: readonly string[];
  /** True if the signature of every request to a service is verified. */
  readonly strict: boolean;
  /** Resolves when another process takes over the folder; nothing is persisted after that. */
  readonly taken: Promise<Error>;
  /** The secret of the owner's access keys, such as `local`; undefined where any credentials do. */
  readonly secretAccessKey?: string | undefined;
}

/**
 * Starts an embedded AWS, on loopback unless `host` says otherwise: empty and in memory, or with what
 * a folder has.
 * @throws the system's error when the port cannot be had (EADDRINUSE); StateError when the folder
 *   cannot be used as it is; OptionError for an option that makes no sense, such as the address of
 *   another machine
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { port, persist, host = LOOPBACK, ...given } = options;
  const { strict = !isLoopback(checkedAddress(host)) } = given;
  const rest = { ...given, strict };
  const owner = new OwnerSecret(rest);
  const state = persist === undefined ? undefined : await State.open(persist);
  try {
    const aws = createAws(rest, state, owner);
    const listener = await listen(port, (request) => aws.answer(request), TIMEOUTS, host);
    const stopTending = state && tend(state);
    const url = urlOf(LOOPBACK, listener.port);
    aws.start(url);
    return {
      ...listener,
      url,
      openAt: urlsOf(host, listener.port),
      strict,
      secretAccessKey: owner.value,
      taken: new Promise((resolve) => state?.whenTaken(resolve)),
      async close() {
        await aws.close();
        await listener.close();
        stopTending?.();
        state?.close();
      },
    };
  } catch (error) {
    state?.abandon();
    throw error;
  }
}
