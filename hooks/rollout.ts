import { type Command, forUser, type Options, type Serverless, type Utils } from './framework';
import { Rollout } from './rollout/rollout';
import { Verification } from './rollout/verification';
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
  /** A process may deploy more than once. */
  #rollout: Rollout | undefined;
  /** The run on the shadow stage. */
  #verified: Report | undefined;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'before:deploy:deploy': run(() => this.#begin()),
      'before:aws:deploy:deploy:createStack': run(async () => this.#rollout?.plan()),
      'after:aws:deploy:deploy:checkForChanges': () => this.#rollout?.deployAnyway(),
      'after:aws:deploy:deploy:updateStack': run(() => this.#goOn()),
      'after:deploy:deploy': run(() => this.#end()),
      'after:rollback:rollback': run(() => this.#newRollout().warnAfterRollback()),
    };
  }

  async #begin(): Promise<void> {
    this.#rollout = this.#newRollout();
    this.#verified = undefined;
    // Verification takes long to load, so a deploy without it leaves it out.
    const { 'on-failure': onFailure, 'skip-verify': skips } = this.#options;
    if (!skips || onFailure !== undefined) await this.#newVerification().begin();
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
    if (this.#options['skip-verify']) {
      await rollout.tidy();
      return;
    }
    const verified = isAsVerified ? this.#verified : undefined;
    await this.#newVerification().ofLive(await rollout.liveTarget(), verified, {
      goBack: () => rollout.goBack(),
      tidy: () => rollout.tidy(),
    });
  }

  #newRollout(): Rollout {
    return new Rollout(this.#serverless, this.#options, this.#utils);
  }

  #newVerification(): Verification {
    return new Verification(this.#serverless, this.#options, this.#utils);
  }
}
