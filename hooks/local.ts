import { once } from 'node:events';
import { localEndpoint } from '../resources/parameters';
import {
  asUserError,
  type Command,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';
import { banner } from './local/banner';
import { type EmbeddedAws, startEmbeddedAws } from './local/embedded-aws';
import { checkHealth } from './local/health';
import { redirectToLocal } from './local/redirect';
import { deployedStage } from './stage';
import { interruptionOf, listenForSignals } from './verify/interruption';

/** Commands that make no AWS call, or start the embedded AWS themselves. */
const NEEDS_NO_AWS = new Set(['local', 'package', 'print', 'plugin', 'help', 'config']);

/** Stage `local`: every AWS call goes to the embedded AWS, and `serverless local` runs it all. */
export default class LocalPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    local: {
      usage: 'Start the embedded AWS, deploy stage local onto it, verify it, and keep it running',
      lifecycleEvents: ['run'],
      options: {
        persist: {
          usage: 'Folder to keep streams, records, stacks and APIs in; in memory alone by default',
          type: 'string',
        },
        kinesis: {
          usage: 'How the embedded Kinesis behaves, in JSON; instead of custom.local.kinesis',
          type: 'string',
        },
        strict: {
          usage:
            'Verify the signature of every request; the secret is LOCAL_AWS_SECRET_ACCESS_KEY, or random and printed',
          type: 'boolean',
        },
        'allow-host': {
          usage:
            'Names that lead to this machine, such as a container has for it; separated by commas',
          type: 'string',
        },
        'allow-origin': {
          usage: 'Origins of web pages that may call the embedded AWS; separated by commas',
          type: 'string',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  readonly #endpoint = localEndpoint();

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    // On every stage: an error must not drown in what the SDK thinks of this version of Node.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    this.hooks = { 'local:run': () => forUser(serverless, () => this.#run(options)) };
    try {
      if (this.#isLocal()) this.#redirect(options);
      else this.#refuseOtherStage();
    } catch (error) {
      throw asUserError(serverless, error);
    }
  }

  /** Awaited by the framework before its first AWS call. */
  async asyncInit(): Promise<void> {
    const { commands, isHelpRequest } = this.#serverless.processedInput;
    const [command] = commands;
    if (!this.#isLocal() || isHelpRequest || !command || NEEDS_NO_AWS.has(command)) return;
    const chosen = Boolean(process.env.LOCAL_AWS_ENDPOINT);
    await forUser(this.#serverless, () => checkHealth(this.#endpoint, chosen));
  }

  #isLocal(): boolean {
    return this.#serverless.getProvider('aws').getStage() === 'local';
  }

  #redirect(options: Options): void {
    if (options['aws-profile'] !== undefined) {
      throw new HookError(
        'LOCAL_TAKES_NO_PROFILE',
        'Stage local uses no AWS profile: leave out --aws-profile, or name another --stage.',
      );
    }
    const provider = this.#serverless.getProvider('aws');
    redirectToLocal(process.env, this.#endpoint, provider.getRegion());
    if (process.env.LOCAL_AWS_ENDPOINT) this.#removeWithoutEcr();
    // S3 puts the bucket's name before a host that is a name; no emulator has DNS for that.
    const config = provider.getAwsSdkV3Config.bind(provider);
    provider.getAwsSdkV3Config = async (given) => ({
      ...(await config(given)),
      forcePathStyle: true,
    });
  }

  /**
   * The framework asks ECR for images before it removes a stack. This service has none, and an
   * emulator without ECR (LocalStack's free edition) would make removal fail.
   */
  #removeWithoutEcr(): void {
    for (const plugin of this.#serverless.pluginManager.plugins) {
      if ('checkIfEcrRepositoryExists' in plugin) {
        plugin.checkIfEcrRepositoryExists = async () => false;
      }
    }
  }

  #refuseOtherStage(): void {
    if (this.#serverless.processedInput.commands[0] !== 'local') return;
    throw new HookError(
      'LOCAL_IS_A_STAGE',
      `'serverless local' runs stage local; leave out --stage, or deploy to AWS with: npx serverless deploy --stage ${this.#serverless.getProvider('aws').getStage()}`,
    );
  }

  async #run({
    persist,
    strict = false,
    'allow-host': allowHost,
    'allow-origin': allowOrigin,
  }: Options): Promise<void> {
    if (process.env.LOCAL_AWS_ENDPOINT) {
      throw new HookError(
        'LOCAL_ENDPOINT_CHOSEN',
        `LOCAL_AWS_ENDPOINT names another emulator (${this.#endpoint}), so none is started. Deploy onto it with: npx serverless deploy --stage local`,
      );
    }
    const { notice } = this.#utils.log;
    const kinesis = this.#kinesisOptions();
    const aws = await startEmbeddedAws(portOf(this.#endpoint), {
      strict,
      kinesis,
      persist,
      allowHost,
      allowOrigin,
    });
    const { secretAccessKey } = aws;
    if (secretAccessKey !== undefined) process.env.AWS_SECRET_ACCESS_KEY = secretAccessKey;
    const kept = persist === undefined ? '' : `, its state in ${persist}`;
    notice(`Embedded AWS at ${this.#endpoint}${kept}`);
    notice('Deploying stage local onto it');
    const interruption = listenForSignals();
    const interrupted = once(interruption.signal, 'abort').then(() => 'interrupted' as const);
    const ended = Promise.race([interrupted, orphaned(), aws.ended.then(() => 'gone' as const)]);
    const deployed = this.#serverless.pluginManager.spawn('deploy').then(() => 'deployed' as const);
    const first = await Promise.race([deployed, ended]).catch(async (error: unknown) => {
      await aws.stop();
      throw error;
    });
    if (first !== 'deployed') return this.#abandon(first, aws, interruption.signal);

    const { invokeUrl, parameters } = await deployedStage(this.#serverless);
    const { kafkaRestUrl } = parameters;
    const region = this.#serverless.getProvider('aws').getRegion();
    const secret = strict ? secretAccessKey : undefined;
    notice(
      banner({
        invokeUrl,
        endpoint: this.#endpoint,
        region,
        kafkaRestUrl,
        secretAccessKey: secret,
      }),
    );
    const last = await ended;
    if (last === 'gone') throw goneError();
    await aws.stop();
    interruption.release();
  }

  /** As the command line has it, else `custom.local.kinesis`. The embedded AWS checks it. */
  #kinesisOptions(): string | undefined {
    const { kinesis = this.#serverless.service.custom?.local?.kinesis } = this.#options;
    return kinesis === undefined || typeof kinesis === 'string' ? kinesis : JSON.stringify(kinesis);
  }

  /** Ends in the middle of a deployment, which cannot be called off: so does the process. */
  async #abandon(why: string, aws: EmbeddedAws, signal: AbortSignal): Promise<never> {
    if (why === 'gone') this.#utils.log.notice(goneError().message);
    silence();
    await aws.stop();
    return process.exit(interruptionOf(signal)?.exitCode ?? 1);
  }
}

/** What is still under way loses its AWS and can only fail: that would be a false alarm. */
function silence(): void {
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
}

function portOf(endpoint: string): number {
  const port = Number(new URL(endpoint).port);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new HookError(
    'LOCAL_ENDPOINT_INVALID',
    `LOCAL_AWS_PORT must be a port, 1 to 65535; the endpoint is '${endpoint}'.`,
  );
}

/** How often it is looked whether whoever started this process is still there. */
const PARENT_CHECK_MS = 500;

/**
 * Resolves when the parent is gone: npm, ended by SIGTERM, leaves what it started behind, and the
 * port with it.
 */
function orphaned(): Promise<'orphaned'> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve('orphaned');
    }, PARENT_CHECK_MS);
    timer.unref();
  });
}

function goneError(): HookError {
  return new HookError(
    'LOCAL_AWS_ENDED',
    'The embedded AWS ended by itself; its last output is above. Start it again with: npm start',
  );
}
