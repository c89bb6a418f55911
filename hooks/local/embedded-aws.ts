import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StartMessage } from 'embedded-aws';
import { START_COMMAND } from '../../resources/packed';
import { HookError } from '../framework';
import { launched } from './ahead';

/** The embedded AWS, in a separate process. */
export interface EmbeddedAws {
  /** The secret of the owner's access keys; undefined where any credentials do. */
  readonly secretAccessKey: string | undefined;
  /** Settles when the process has ended, however it came to it. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** True to verify every request's signature. */
  readonly strict?: boolean | undefined;
  /** Options of its Kinesis, as JSON. */
  readonly kinesis?: string | undefined;
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
  {
    strict = false,
    kinesis,
    userPools = [],
    persist,
    allowHost,
    allowOrigin,
  }: EmbeddedOptions = {},
): Promise<EmbeddedAws> {
  const options = [
    ...['--port', String(port)],
    ...(strict ? ['--strict'] : []),
    ...(kinesis === undefined ? [] : ['--kinesis', kinesis]),
    ...userPools.flatMap((userPool) => ['--user-pool', userPool]),
    ...(persist === undefined ? [] : ['--persist', persist]),
    ...(allowHost === undefined ? [] : ['--allow-host', allowHost]),
    ...(allowOrigin === undefined ? [] : ['--allow-origin', allowOrigin]),
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

const OTHER_PORT = `pick another port: LOCAL_AWS_PORT=4570 ${START_COMMAND}`;

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
