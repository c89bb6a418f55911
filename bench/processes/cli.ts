import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { sdkOf } from 'dev-kit/bench/client/sdk';
import { BenchError } from 'dev-kit/bench/measurement';
import { type Child, startChild } from 'dev-kit/bench/processes/child';
import { onExit } from 'dev-kit/bench/processes/cleanup';
import { endedChildrenMs } from 'dev-kit/bench/processes/usage';
import { bareEnvironment } from '../../test/end-to-end/support/processes';
import { serviceCopy } from '../../test/end-to-end/support/service-copy';

const CLI = path.join(__dirname, '..', '..', 'node_modules', 'serverless', 'bin', 'serverless.js');

/** Options of `deploy` that lift the stage's default limit of 1,000 requests a second. */
export const UNTHROTTLED = ['--param', 'throttleRate=999999', '--param', 'throttleBurst=99999'];

/** The times of a command in milliseconds. CPU time is NaN if the system does not report it. */
export interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** No command takes this long on its own AWS. */
const LONG_MS = 300_000;

/** A command that has ended. */
export interface Ended extends Took {
  readonly code: number | null;
  readonly output: string;
}

/** A copy of the service to run the real CLI in, with stage `local` on an AWS of ours. */
export interface Service {
  readonly folder: string;
  /** @throws BenchError when the command fails, with what it printed */
  run(...args: string[]): Promise<Ended>;
  /**
   * Runs a command that may fail.
   * @param mostMs after which it is stopped: then its code is null
   */
  attempt(args: readonly string[], mostMs?: number): Promise<Ended>;
  start(...args: string[]): Child;
  /** The command behind `npm start`. */
  npmStart(): Child;
  remove(): void;
}

export interface ServiceOptions {
  /** For the CLI's own process. */
  readonly nodeOptions?: string;
  /** True if another emulator than the embedded AWS is behind the port. */
  readonly isOther?: boolean;
  /** The text of the object in streams.ts; an empty one by default. */
  readonly streams?: string;
}

/** @param port of the AWS */
export function openService(
  port: number,
  { nodeOptions, isOther = false, streams }: ServiceOptions = {},
): Service {
  const { folder, remove } = serviceCopy(undefined, streams);
  const release = onExit(remove);
  const environment = {
    ...bareEnvironment(),
    ...(isOther
      ? { LOCAL_AWS_ENDPOINT: `http://127.0.0.1:${port}` }
      : { LOCAL_AWS_PORT: String(port) }),
    ...(nodeOptions && { NODE_OPTIONS: nodeOptions }),
  };
  const begin = (script: string, args: readonly string[]) =>
    startChild({ script, args, folder, environment, bare: true });
  const start = (...args: string[]) => begin(CLI, args);
  const attempt = async (args: readonly string[], mostMs?: number): Promise<Ended> => {
    const before = endedChildrenMs();
    const child = start(...args);
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.stop();
    }, mostMs ?? LONG_MS);
    const code = await child.ended;
    clearTimeout(late);
    const wallMs = performance.now() - child.startedAt;
    const cpuMs = endedChildrenMs() - before;
    return { code: isLate ? null : code, wallMs, cpuMs, output: child.output() };
  };
  return {
    folder,
    start,
    npmStart: () => begin(path.join(folder, 'hooks', 'local', 'start.cjs'), []),
    attempt,
    async run(...args) {
      const ended = await attempt(args);
      if (ended.code === 0) return ended;
      throw new BenchError(
        `serverless ${args.join(' ')} ended with ${ended.code}:\n${ended.output}`,
      );
    },
    remove() {
      release();
      remove();
    },
  };
}

/** Where the deployed API is called. */
export async function invokeUrlOf(port: number): Promise<string> {
  const client = new CloudFormationClient(sdkOf(port));
  const { Stacks: [stack] = [] } = await client.send(
    new DescribeStacksCommand({ StackName: 'kinesis-rest-proxy-local' }),
  );
  client.destroy();
  const of = (name: string) =>
    stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  const id = of('RestApiId');
  if (id === undefined) throw new BenchError('The stack has no output RestApiId.');
  // LocalStack answers here as well.
  return `http://127.0.0.1:${port}/_aws/execute-api/${id}/local`;
}
