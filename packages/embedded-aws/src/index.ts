import { type AwsOptions, createAws } from './aws';
import { type Listener, listen } from './server/listen';
import { OwnerSecret } from './server/owner-secret';
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
} from './kinesis';
export type { Dispatcher } from './server/dispatch';
export { type Handler, type Listener, listen } from './server/listen';
export type { StartMessage } from './start-message';
export { StateError } from './state';

export interface LocalAwsOptions extends AwsOptions {
  /** Port on 127.0.0.1; 0 picks a free one. */
  readonly port: number;
  /** A folder to keep everything in, across restarts; in memory alone without it. */
  readonly persist?: string | undefined;
}

/** A running embedded AWS. */
export interface LocalAws extends Listener {
  /** The endpoint for AWS clients. */
  readonly url: string;
  /** Resolves when another process takes over the folder; nothing is persisted after that. */
  readonly taken: Promise<Error>;
  /** The secret of the owner's access keys, such as `local`; undefined where any credentials do. */
  readonly secretAccessKey?: string | undefined;
}

/**
 * Starts an embedded AWS on loopback: empty and in memory, or with what a folder has.
 * @throws the system's error when the port cannot be had (EADDRINUSE); StateError when the folder
 *   cannot be used as it is; OptionError for an option that makes no sense
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { port, persist, ...rest } = options;
  const owner = new OwnerSecret(rest);
  const state = persist === undefined ? undefined : await State.open(persist);
  try {
    const aws = createAws(rest, state, owner);
    const listener = await listen(port, (request) => aws.handle(request));
    const stopTending = state && tend(state);
    const url = `http://127.0.0.1:${listener.port}`;
    aws.start(url);
    return {
      ...listener,
      url,
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
