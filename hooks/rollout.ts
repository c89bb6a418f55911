import {
  type Command,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';
import { Hold } from './process/hold';
import { Rollout } from './rollout/rollout';
import { Verification } from './rollout/verification';
import { forgetStack } from './stage/deployed-stage';
import { VERIFY_OPTIONS } from './verify/options';
import type { Report } from './verify/verify';

/**
 * Brings a new version to its stage: verified on a stage that no client knows, and live only if it
 * passes.
 */
export default class RolloutPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    deploy: {
      options: {
        ...VERIFY_OPTIONS,
        'skip-verify': { usage: 'Deploy without calling the endpoints', type: 'boolean' },
        'on-failure': {
          usage:
            'When verification of the live stage fails: leave (default), or rollback to what was there before',
          type: 'string',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  readonly #hold: Hold;
  /** A process may deploy more than once. */
  #rollout: Rollout | undefined;
  /** The run on the shadow stage. */
  #verified: Report | undefined;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    this.#hold = new Hold(() => utils.log.notice('Interrupted: the stack is put in order first.'));
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'before:deploy:deploy': run(() => this.#begin()),
      'before:aws:deploy:deploy:createStack': run(async () => this.#rollout?.plan()),
      'after:aws:deploy:deploy:checkForChanges': () => this.#rollout?.deployAnyway(),
      'before:aws:deploy:deploy:updateStack': () => this.#holdSignals(),
      'after:aws:deploy:deploy:updateStack': run(() => this.#held(() => this.#goOn())),
      'after:deploy:deploy': run(() => this.#held(() => this.#end()).then(() => this.#hold.end())),
      // The first update was refused.
      error: () => this.#hold.end(),
      'after:rollback:rollback': run(() => this.#newRollout().warnAfterRollback()),
    };
  }

  async #begin(): Promise<void> {
    this.#rollout = this.#newRollout();
    this.#verified = undefined;
    forgetStack(this.#serverless);
    // Verification takes long to load, so a deploy without it leaves it out.
    const { 'on-failure': onFailure, 'skip-verify': skips } = this.#options;
    if (!skips || onFailure !== undefined) await this.#newVerification().begin();
  }

  /** Under `serverless local` a signal ends the AWS too: that command sees to it alone. */
  #holdSignals(): void {
    if (this.#serverless.processedInput.commands[0] !== 'local') this.#rollout?.hold();
  }

  /** The framework has wound up at a signal; an error thrown after it would crash it. */
  async #held(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (this.#hold.isInterrupted && error instanceof HookError)
        this.#utils.log.warning(error.message);
      this.#hold.end();
      throw error;
    }
  }

  async #goOn(): Promise<void> {
    await this.#rollout?.goOn(async (shadow, goBack) => {
      this.#verified = await this.#newVerification().beforeLive(shadow, { goBack });
    });
  }

  async #end(): Promise<void> {
    const rollout = this.#rollout;
    if (rollout === undefined) return;
    const isAsVerified = await rollout.goLive();
    const isInterrupted = this.#hold.isInterrupted;
    if (this.#options['skip-verify'] || isInterrupted) {
      await rollout.tidy();
      if (isInterrupted) this.#utils.log.notice('The stage serves the new version.');
      return;
    }
    const verified = isAsVerified ? this.#verified : undefined;
    await this.#newVerification().ofLive(await rollout.liveTarget(), verified, {
      goBack: () => rollout.goBack(),
      tidy: () => rollout.tidy(),
    });
  }

  #newRollout(): Rollout {
    return new Rollout(this.#serverless, this.#options, this.#utils, this.#hold);
  }

  #newVerification(): Verification {
    return new Verification(this.#serverless, this.#options, this.#utils);
  }
}
