import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StartMessage } from 'embedded-aws';
import { START_WITH } from '../../resources/packed';
import { HookError } from '../framework';
import { launched } from './ahead';

/** The embedded AWS, in a separate process. */
export interface EmbeddedAws {
  /** The secret of the owner's access keys; undefined where any credentials do. */
  readonly secretAccessKey: string | undefined;
  /** True if the signature of every request to a service is verified. */
  readonly strict: boolean;
  /** URLs by which other machines and containers reach it. */
  readonly openAt: readonly string[];
  /** A text for the user that says who else can reach it. */
  readonly openness: string | undefined;
  /** Settles when the process has ended, however it came to it. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** An IP address of this machine that it opens to others. */
  readonly host?: string | undefined;
  /** True to verify every request's signature; if absent, it does where it is open to others. */
  readonly strict?: boolean | undefined;
  /** Options of its Kinesis, as JSON. */
  readonly kinesis?: string | undefined;
  /** Streams to create at the start, `orders:2,clicks:1`, and their region. */
  readonly streams?: string | undefined;
  readonly region?: string;
  /** Where the keys of user pools are: `<arn>=<url>` each; the last one of an ARN counts. */
  readonly userPools?: readonly string[];
  /** The folder for its state; if absent, state is only in memory. */
  readonly persist?: string | undefined;
  /** Names that lead to this machine beside its own, separated by commas. */
  readonly allowHost?: string | undefined;
  /** Origins of web pages that may call, separated by commas. */
  readonly allowOrigin?: string | undefined;
}

/**
 * Starts the embedded AWS and waits until it listens. It ends with this process, even if that is
 * killed: the channel between them closes.
 * @throws HookError when the port is taken, the folder cannot be used or the process cannot start
 */
export async function startEmbeddedAws(
  port: number,
  { userPools = [], ...given }: EmbeddedOptions = {},
): Promise<EmbeddedAws> {
  const { strict, persist, kinesis, host, streams, region, allowHost, allowOrigin } = given;
  const values = {
    ...{ port: String(port), host, persist, kinesis },
    ...(streams !== undefined && { streams, region }),
    ...{ 'allow-host': allowHost, 'allow-origin': allowOrigin },
  };
  const options = [
    ...Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    ),
    ...(strict === undefined ? [] : [strict ? '--strict' : '--no-strict']),
    ...userPools.flatMap((userPool) => ['--user-pool', userPool]),
  ];
  const child = launched();
  const ended: Promise<undefined> = once(child, 'exit').then(() => undefined);
  const started = firstMessage(child);
  // A message that cannot be sent means that the process has ended.
  child.send(options, () => {});
  const message = await Promise.race([started, ended]).catch((cause: unknown) => {
    throw new HookError('LOCAL_AWS_FAILED', `The embedded AWS could not start: ${cause}`, {
      cause,
    });
  });
  if (message?.type !== 'listening') {
    throw startError(port, message);
  }
  return {
    secretAccessKey: message.secretAccessKey,
    strict: message.strict,
    openAt: message.openAt,
    openness: message.openness,
    ended,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<StartMessage> {
  const [message] = await once(child, 'message');
  return message as StartMessage;
}

const OTHER_PORT = `pick another port: ${START_WITH} --port 4570`;

function startError(port: number, message: StartMessage | undefined): HookError {
  const failure = message?.type === 'failed' ? message : undefined;
  if (failure?.code === 'EADDRINUSE') {
    return new HookError(
      'LOCAL_PORT_TAKEN',
      `Port ${port} is taken. If the embedded AWS already runs there, use it: npx serverless deploy --stage local. Otherwise ${OTHER_PORT}`,
    );
  }
  // Below 1024, or one that Windows keeps for Hyper-V and WSL.
  if (failure?.code === 'EACCES' && failure.message.startsWith('listen ')) {
    return new HookError(
      'LOCAL_PORT_RESERVED',
      `The system does not allow listening on port ${port}; ${OTHER_PORT}`,
    );
  }
  const reason = failure?.message ?? 'the process ended';
  return new HookError('LOCAL_AWS_FAILED', `The embedded AWS could not start: ${reason}`);
}
