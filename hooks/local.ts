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
import { callsAws } from './framework/calls-aws';
import { checkHealth } from './local/health';
import { hostOf } from './local/host';
import { withPort } from './local/port';
import { tellDeployed } from './local/redeploy';
import { redirectToLocal } from './local/redirect';
import { runLocal } from './local/run';
import { startStreamsOf } from './local/start-streams';
import { userPoolsOf } from './local/user-pools';
import { declaredStreamsOf } from './stage/deployed-stage';
import { VERIFY_OPTIONS } from './verify/options';

/** Options of `local` that no other command has. */
const OWN_OPTIONS = {
  persist: {
    usage:
      'Folder that keeps streams, records, stacks and APIs; by default they are in memory only',
    type: 'string',
  },
  kinesis: {
    usage:
      'How the embedded Kinesis behaves, as JSON or as @file.json; replaces custom.local.kinesis',
    type: 'string',
  },
  host: {
    usage:
      'Open the embedded AWS to containers and other machines: an IP address of this machine, or 0.0.0.0 for all; implies --strict; replaces custom.local.host',
    type: 'string',
  },
  streams: {
    usage:
      'Streams to create at the start unless they exist, such as orders:2,clicks,audit:on-demand; replaces custom.local.streams',
    type: 'string',
  },
  strict: {
    usage:
      'Verify the signature of every request; the secret is LOCAL_AWS_SECRET_ACCESS_KEY, or random and printed. --no-strict: verify none, though --host opens it',
    type: 'boolean',
  },
  'allow-host': {
    usage:
      "Further host names of this machine, such as a container's name for it, separated by commas",
    type: 'string',
  },
  'allow-origin': {
    usage: 'Origins of web pages that may call the embedded AWS, separated by commas',
    type: 'string',
  },
  'user-pool': {
    usage:
      'Where the keys of a user pool are, as its ARN=URL; once for each, beside custom.local.userPools',
    type: 'multiple',
  },
  watch: {
    usage: 'Deploy and verify again when serverless.ts, a template, a resource or a hook is saved',
    type: 'boolean',
  },
} as const;

/** Stage `local`: every AWS call goes to the embedded AWS, and `serverless local` runs it all. */
export default class LocalPlugin {
  readonly commands: Readonly<Record<string, Command>> = withPort({
    local: {
      usage: 'Start the embedded AWS, deploy stage local to it, verify it, and keep it running',
      lifecycleEvents: ['run'],
      options: {
        ...OWN_OPTIONS,
        'skip-verify': {
          usage: 'Deploy without calling the endpoints afterwards',
          type: 'boolean',
        },
        'token-command': VERIFY_OPTIONS['token-command'],
        'without-token': VERIFY_OPTIONS['without-token'],
      },
    },
  });
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  readonly #endpoint: string;
  #isDeployed = false;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    this.#endpoint = localEndpoint(options.port);
    // On every stage: an error must not drown in what the SDK thinks of this version of Node.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    this.hooks = {
      'local:run': () => forUser(serverless, () => this.#run()),
      // Before the verification, which is a later plugin's.
      'after:deploy:deploy': async () => this.#noteDeployed(),
    };
    try {
      if (this.#isLocal()) this.#redirect(options);
      else this.#refuseOtherStage(options);
    } catch (error) {
      throw asUserError(serverless, error);
    }
  }

  /** Awaited by the framework before its first AWS call. */
  async asyncInit(): Promise<void> {
    if (!this.#isLocal() || !callsAws(this.#serverless)) return;
    const chosen = Boolean(process.env.LOCAL_AWS_ENDPOINT);
    await forUser(this.#serverless, () => checkHealth(this.#endpoint, chosen));
  }

  #noteDeployed(): void {
    this.#isDeployed = true;
    if (this.#isLocal()) tellDeployed();
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
    if (options.port !== undefined && process.env.LOCAL_AWS_ENDPOINT) {
      throw new HookError(
        'LOCAL_ENDPOINT_AMBIGUOUS',
        `--port names the embedded AWS, and LOCAL_AWS_ENDPOINT another emulator (${process.env.LOCAL_AWS_ENDPOINT}): leave one out.`,
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

  #refuseOtherStage({ port }: Options): void {
    if (port !== undefined) {
      throw new HookError(
        'LOCAL_PORT_ELSEWHERE',
        `--port is that of the embedded AWS, and stage ${this.#serverless.getProvider('aws').getStage()} is on AWS: leave it out, or name --stage local.`,
      );
    }
    if (this.#serverless.processedInput.commands[0] !== 'local') return;
    throw new HookError(
      'LOCAL_IS_A_STAGE',
      `'serverless local' runs stage local: name it with --stage local, or deploy to AWS with: npx serverless deploy --stage ${this.#serverless.getProvider('aws').getStage()}`,
    );
  }

  async #run(): Promise<void> {
    if (process.env.LOCAL_AWS_ENDPOINT) {
      throw new HookError(
        'LOCAL_ENDPOINT_CHOSEN',
        `LOCAL_AWS_ENDPOINT names another emulator (${this.#endpoint}), so none is started. Deploy to it with: npx serverless deploy --stage local`,
      );
    }
    const { local } = this.#serverless.service.custom ?? {};
    await runLocal({
      serverless: this.#serverless,
      options: this.#options,
      ownOptions: new Set(Object.keys(OWN_OPTIONS)),
      log: this.#utils.log,
      endpoint: this.#endpoint,
      kinesis: this.#kinesisOptions(),
      host: hostOf(local?.host, this.#options.host),
      streams: startStreamsOf(
        local?.streams,
        this.#options.streams,
        declaredStreamsOf(this.#serverless),
      ),
      userPools: userPoolsOf(local?.userPools, this.#options['user-pool']),
      isDeployed: () => this.#isDeployed,
    });
  }

  /** As the command line has it, else `custom.local.kinesis`. The embedded AWS checks it. */
  #kinesisOptions(): string | undefined {
    const { kinesis = this.#serverless.service.custom?.local?.kinesis } = this.#options;
    return kinesis === undefined || typeof kinesis === 'string' ? kinesis : JSON.stringify(kinesis);
  }
}
