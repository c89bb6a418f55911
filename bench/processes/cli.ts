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

/** The times of a command in milliseconds. CPU time is NaN if the system does not report it. */
export interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A copy of the service to run the real CLI in, with stage `local` on an embedded AWS of ours. */
export interface Service {
  readonly folder: string;
  /** @throws BenchError when the command fails, with what it printed */
  run(...args: string[]): Promise<Took & { readonly output: string }>;
  start(...args: string[]): Child;
  /** The command behind `npm start`. */
  npmStart(): Child;
  remove(): void;
}

/**
 * @param port of the embedded AWS
 * @param nodeOptions for the CLI's own process
 */
export function openService(port: number, nodeOptions?: string): Service {
  const { folder, remove } = serviceCopy();
  const release = onExit(remove);
  const environment = {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(port),
    ...(nodeOptions && { NODE_OPTIONS: nodeOptions }),
  };
  const begin = (script: string, args: readonly string[]) =>
    startChild({ script, args, folder, environment, bare: true });
  const start = (...args: string[]) => begin(CLI, args);
  return {
    folder,
    start,
    npmStart: () => begin(path.join(folder, 'hooks', 'local', 'start.cjs'), []),
    async run(...args) {
      const before = endedChildrenMs();
      const child = start(...args);
      const code = await child.ended;
      const wallMs = performance.now() - child.startedAt;
      if (code !== 0) {
        throw new BenchError(`serverless ${args.join(' ')} ended with ${code}:\n${child.output()}`);
      }
      return { wallMs, cpuMs: endedChildrenMs() - before, output: child.output() };
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
  const url = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'InvokeUrl')?.OutputValue;
  if (url === undefined) throw new BenchError('The stack has no output InvokeUrl.');
  return url;
}
