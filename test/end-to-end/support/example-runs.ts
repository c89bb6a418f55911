import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { listen } from 'embedded-aws';
import type { KinesisOptions } from 'embedded-aws/kinesis';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';
import { bareEnvironment } from './processes';

/** The folder of the examples. */
export const EXAMPLES = path.join(__dirname, '..', '..', '..', 'examples');

/** A stage that other processes can call. */
export interface ListeningStage {
  readonly stage: InProcessStage;
  readonly invokeUrl: string;
  /** The endpoint for AWS clients. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Deploys a stage in this process, which is quicker than by the CLI, and has it listen. */
export async function listeningStage(
  values: Parameters<typeof deployInProcess>[0],
  kinesis: KinesisOptions = {},
): Promise<ListeningStage> {
  const stage = await deployInProcess(values, () => {}, kinesis);
  const listener = await listen(0, (request) => stage.aws.handle(request));
  const endpoint = `http://127.0.0.1:${listener.port}`;
  return {
    stage,
    endpoint,
    invokeUrl: `${endpoint}/_aws/execute-api/${stage.restApiId}/dev`,
    close: () => listener.close(),
  };
}

export interface ExampleRun {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Where and with what an example runs. */
export interface Surroundings {
  readonly python: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder that it runs in. */
  readonly folder: string;
  readonly stdin?: string | Buffer;
}

/** Starts a program of examples/, in an environment without settings but for those given. */
export function startExample(
  { python, environment = {}, folder, stdin = '' }: Surroundings,
  program: string,
  ...args: readonly string[]
): { child: ChildProcessWithoutNullStreams; ended: Promise<ExampleRun> } {
  const child = spawn(python, [path.join(EXAMPLES, program), ...args], {
    cwd: folder,
    env: { ...bareEnvironment(), PYTHONDONTWRITEBYTECODE: '1', ...environment },
  });
  // A program that ends early leaves the pipe broken, which is not the test's failure.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([output, errors, [code]]) => ({ code, output, errors }),
  );
  return { child, ended };
}

/** Runs a program of examples/ to its end. */
export function runExample(
  surroundings: Surroundings,
  program: string,
  ...args: readonly string[]
): Promise<ExampleRun> {
  return startExample(surroundings, program, ...args).ended;
}
