import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { ParameterName } from '../resources/parameters';
import {
  type Command,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';
import { type StackOutputs, stackOutputs } from './stack-outputs';
import { createApiClient, type Sign } from './verify/api-client';
import { apiKeyValue, withApiKey } from './verify/api-key';
import { checks } from './verify/checks';
import {
  type Interruption,
  interruptionOf,
  listenForSignals,
  NEVER_INTERRUPTED,
} from './verify/interruption';
import { signWith } from './verify/sign';
import { throwAwayName } from './verify/throw-away-stream';
import { verify } from './verify/verify';

/** All checks together; a stream on AWS alone may take a minute to come and go. */
const RUN_WITHIN_MS = 180_000;

/** Checks the deployed API over HTTP after every deploy, and on demand. */
export default class VerifyPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    verify: {
      usage: 'Call every endpoint of the deployed stage and see that each does what it should',
      lifecycleEvents: ['run'],
    },
    deploy: {
      options: {
        'skip-verify': {
          usage: 'Deploy without calling the endpoints afterwards',
          type: 'boolean',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly #serverless: Serverless;
  readonly #utils: Utils;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#utils = utils;
    const run = () => forUser(serverless, () => this.#run());
    this.hooks = {
      'verify:run': run,
      // What cannot be verified is better not deployed than found out afterwards.
      'before:deploy:deploy': () =>
        forUser(serverless, () => {
          const stage = serverless.getProvider('aws').getStage();
          if (!options['skip-verify']) throwAwayName(this.#parameter('streams'), stage);
        }),
      'after:deploy:deploy': async () => {
        if (!options['skip-verify']) await run();
      },
    };
  }

  async #run(): Promise<void> {
    const provider = this.#serverless.getProvider('aws');
    const outputs = await stackOutputs(provider);
    const { InvokeUrl: invokeUrl } = outputs;
    const config = await provider.getAwsSdkV3Config();
    const kinesis = new KinesisClient(config);
    const interruption = this.#listenForSignals();
    const signal = AbortSignal.any([interruption.signal, AbortSignal.timeout(RUN_WITHIN_MS)]);
    try {
      const stage = provider.getStage();
      this.#utils.log.notice(`\nVerifying stage ${stage} at ${invokeUrl}`);
      await verify({
        checks,
        api: createApiClient({
          invokeUrl,
          sign: await this.#signer(outputs, kinesis),
          signal,
          // On the embedded AWS nothing takes time to spread: what fails once fails again.
          attempts: this.#isEmbedded() ? 1 : 6,
        }),
        kinesis,
        stream: throwAwayName(outputs.Streams, stage),
        managesStreams: outputs.ManagesStreams === 'true',
        // The user's own emulator may print JSON in another way than AWS and the embedded one do.
        jsonSpacing: stage === 'local' && !this.#isEmbedded() ? 'any' : 'exact',
        signal,
        print: (text) => this.#utils.log.notice(text),
      });
    } finally {
      interruption.release();
      kinesis.destroy();
    }
    // The framework has already wound up at the signal; an error thrown now would crash it.
    const interrupted = interruptionOf(interruption.signal);
    if (interrupted) process.exit(interrupted.exitCode);
  }

  /** Under `serverless local` a signal ends the AWS too: that command sees to it alone. */
  #listenForSignals(): Interruption {
    const isRunByLocal = this.#serverless.processedInput.commands[0] === 'local';
    return isRunByLocal ? NEVER_INTERRUPTED : listenForSignals();
  }

  /** What the stage lets in: its API key where it asks for one, else the caller's signature. */
  async #signer({ ApiKeyId: keyId }: StackOutputs, kinesis: KinesisClient): Promise<Sign> {
    const provider = this.#serverless.getProvider('aws');
    if (keyId !== undefined) {
      return withApiKey(await apiKeyValue(await provider.getAwsSdkV3Config(), keyId));
    }
    return signWith(provider.getRegion(), await kinesis.config.credentials());
  }

  #isEmbedded(): boolean {
    const isLocal = this.#serverless.getProvider('aws').getStage() === 'local';
    return isLocal && !process.env.LOCAL_AWS_ENDPOINT;
  }

  #parameter(name: ParameterName): string {
    const value = this.#serverless.service.custom?.parameters?.[name];
    if (value !== undefined) return String(value);
    throw new HookError('PARAMETER_MISSING', `The parameter ${name} has no value.`);
  }
}
