import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { type Command, forUser, type Options, type Serverless, type Utils } from './framework';
import { changedStack } from './stage/change-set';
import { withClients } from './stage/clients';
import {
  declaredStreamsOf,
  forgetStack,
  foundStack,
  isEmbedded,
  stageAddress,
} from './stage/deployed-stage';
import { readStack, type Stack } from './stage/load-target';
import { unaskedIn } from './stage/unasked';
import { checkStreams, deletionOf, type FoundStream, MORE } from './streams/check';
import { leftStreams, releaseConsumers } from './streams/removal';
import { takeUp } from './streams/take-up';

/**
 * Finds declared streams that are there already before CloudFormation does, takes them into the stack
 * on request, and says which streams a deploy or a removal leaves.
 */
export default class StreamsPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    deploy: {
      options: {
        'import-streams': {
          usage: 'Take declared streams that exist already into the stack, with their data',
          type: 'boolean',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  /** A deploy may update the stack more than once. */
  #isChecked = false;
  /** The stack that is being removed. */
  #removed: Stack | undefined;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'before:deploy:deploy': () => {
        this.#isChecked = false;
      },
      'before:aws:deploy:deploy:createStack': run(() => this.#check()),
      'before:remove:remove': run(() => this.#beforeRemoval()),
      'after:remove:remove': run(() => this.#afterRemoval()),
    };
  }

  async #check(): Promise<void> {
    if (this.#isChecked) return;
    this.#isChecked = true;
    const address = await stageAddress(this.#serverless);
    const cloudFormation = new CloudFormationClient(address.config);
    const isLocal = isEmbedded(this.#serverless);
    try {
      const stack = await foundStack(this.#serverless);
      const { toImport, notices } = await withClients(this.#serverless, ({ kinesis }) =>
        checkStreams(
          { kinesis, cloudFormation },
          {
            stage: address.stage,
            template: this.#serverless.service.provider.compiledCloudFormationTemplate,
            declared: declaredStreamsOf(this.#serverless),
            stack,
            // There is nobody else's stream on a laptop.
            imports: this.#options['import-streams'] ?? isLocal,
            goesBack: this.#options['on-failure'] === 'rollback',
            costs: !isLocal,
          },
        ),
      );
      for (const notice of notices) this.#utils.log.notice(notice);
      if (toImport.length > 0) await this.#import(toImport, stack);
    } catch (error) {
      // CloudFormation finds out, in its own words.
      const unasked = unaskedIn(error);
      if (unasked?.obstacle !== 'denied') throw error;
      this.#utils.log.warning(
        `Could not find out whether declared streams exist already (${unasked.message}).`,
      );
    } finally {
      cloudFormation.destroy();
    }
  }

  async #import(streams: readonly FoundStream[], stack: Stack | undefined): Promise<void> {
    const provider = this.#serverless.getProvider('aws');
    const names = streams.map(({ name }) => name).join(', ');
    this.#utils.log.notice(`Taking into the stack, with their data: ${names}`);
    await takeUp(
      {
        changed: await changedStack(this.#serverless),
        stage: provider.getStage(),
        stack,
        core: this.#serverless.service.provider.coreCloudFormationTemplate,
        roleArn: provider.getCustomDeploymentRole?.(),
      },
      streams,
    );
    forgetStack(this.#serverless);
  }

  async #beforeRemoval(): Promise<void> {
    this.#removed = await readStack(await stageAddress(this.#serverless));
    const stack = this.#removed;
    if (stack === undefined || stack.isDeletionProtected) return;
    const lines = await withClients(this.#serverless, ({ kinesis }) =>
      releaseConsumers(kinesis, stack),
    );
    for (const line of lines) this.#utils.log.notice(line);
  }

  async #afterRemoval(): Promise<void> {
    const stack = this.#removed;
    if (stack === undefined) return;
    const left = await withClients(this.#serverless, ({ kinesis }) => leftStreams(kinesis, stack));
    if (left.length === 0) return;
    const stage = this.#serverless.getProvider('aws').getStage();
    this.#utils.log.notice(
      [
        `Left, with their data: ${left.join(', ')}`,
        `To take them up again: npx serverless deploy --stage ${stage} --import-streams`,
        ...(isEmbedded(this.#serverless) ? [] : [deletionOf(left)]),
        MORE,
      ].join('\n'),
    );
  }
}
