import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Place } from './options';
import { StepFailure } from './prove-error';

export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** How often a command is run whose failure says nothing about the stage. */
const ATTEMPTS = 4;

/**
 * The network's faults, AWS's throttling, and what a lost answer leaves: the same request, sent
 * again, meets what the first has done.
 */
const TRANSIENT =
  /does not answer|ECONNRESET|ECONNREFUSED|EPIPE|socket hang up|fetch failed|ETIMEDOUT|TimeoutError|timed? ?out|Throttl|TooManyRequests|Rate exceeded|SlowDown|InternalFailure|InternalError|Internal Server Error|ServiceUnavailable|Service Unavailable|Unknown ?Error|AlreadyExists|already exists|_IN_PROGRESS'? state|could not be asked|Deserialization|Something other than AWS answers|in its current execution status/i;

/** The exit code of a verification that could not ask for everything. */
const UNASKED = 4;

export interface CommandLineOptions {
  readonly root: string;
  readonly checkout: string;
  readonly stage: string;
  readonly account: string;
  readonly place: Place;
  readonly signal: AbortSignal;
  /** Ends when CloudFormation is done with the stack, before a command is repeated. */
  readonly settle: () => Promise<unknown>;
  readonly repeats: (command: string, attempt: number) => void;
  /** Takes the whole output of a command that failed, repeated or not. */
  readonly failed: (command: string, output: string) => void;
}

/** Runs the project's own commands, as its users do, against the stage of a run. */
export class CommandLine {
  readonly #options: CommandLineOptions;

  constructor(options: CommandLineOptions) {
    this.#options = options;
  }

  /** The environment of a command: the same account and region, and no other. */
  get environment(): NodeJS.ProcessEnv {
    const { profile, region, endpoint } = this.#options.place;
    const { AWS_PROFILE: _, AWS_ENDPOINT_URL: __, ...rest } = process.env;
    if (profile !== undefined) {
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
        delete rest[name];
      }
    }
    return {
      ...rest,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...(profile !== undefined && { AWS_PROFILE: profile, AWS_SDK_LOAD_CONFIG: '1' }),
      ...(endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint }),
    };
  }

  /** `--param`s that every command of the stage takes. */
  get #parameters(): string[] {
    const { account, place } = this.#options;
    const { endpoint, region } = place;
    // In any other account or region, the commands themselves refuse.
    const named = ['--param', `accountId=${account}`, '--param', `region=${region}`];
    if (endpoint === undefined) return named;
    // Its quotas are nobody's, and a verification that keeps to them takes a minute.
    const unthrottled = ['--param', 'endpointThrottles=false'];
    return [
      ...named,
      ...unthrottled,
      '--param',
      `invokeUrl=${endpoint}/_aws/execute-api/\${RestApi}/\${Stage}`,
    ];
  }

  /**
   * Runs a command of the service.
   * @returns its exit code and output, once it has ended for a reason other than the network
   */
  async serverless(command: string, ...args: readonly string[]): Promise<Finished> {
    const { root, checkout, stage, place } = this.#options;
    const cli = path.join(root, 'node_modules', 'serverless', 'bin', 'serverless.js');
    const where = ['--stage', stage, '--region', place.region];
    const words = [...command.split(' '), ...where, ...this.#parameters, ...args];
    return this.#patiently(command, () => this.#spawn([cli, ...words], checkout, {}));
  }

  /** The same. @throws StepFailure with what its output says of why it fails */
  async succeed(command: string, ...args: readonly string[]): Promise<string> {
    const { code, output } = await this.serverless(command, ...args);
    if (code !== 0)
      throw new StepFailure(`serverless ${command} ended with ${code}:\n${reasonIn(output)}`);
    return output;
  }

  /** Runs a program of node_modules in the repository. */
  async node(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Finished> {
    return this.#spawn(args, this.#options.root, environment);
  }

  async #patiently(command: string, run: () => Promise<Finished>): Promise<Finished> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#options.settle();
      const finished = await run();
      this.#options.signal.throwIfAborted();
      if (finished.code !== 0) this.#options.failed(command, finished.output);
      if (attempt === ATTEMPTS || !isTransient(finished)) return finished;
      this.#options.repeats(command, attempt);
    }
  }

  #spawn(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<Finished> {
    const { signal } = this.#options;
    const env = { ...this.environment, ...environment };
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // The terminal sends Ctrl-C to both; another signal reaches only this process.
    const stop = () => child.kill('SIGINT');
    signal.addEventListener('abort', stop, { once: true });
    return new Promise((resolve, reject) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          output += chunk;
        });
      }
      child.on('error', reject);
      child.on('close', (code) => {
        signal.removeEventListener('abort', stop);
        resolve({ code: code ?? 128, output });
      });
    });
  }
}

function isTransient({ code, output }: Finished): boolean {
  if (code === 0) return false;
  if (code === UNASKED) return true;
  return !output.includes('Verification failed') && TRANSIENT.test(output);
}

const LAST_LINES = 25;

/** What of an output says why it failed: what is marked so, with all below it, and the end. */
export function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  const last = lines.splice(-LAST_LINES);
  const isMarked = (index: number): boolean => {
    const line = lines[index] ?? '';
    return /^\s*✖/.test(line) || (/^\s{4}/.test(line) && isMarked(index - 1));
  };
  return [...lines.filter((_, index) => isMarked(index)), ...last].join('\n');
}
