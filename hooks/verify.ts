import { type Command, forUser, type Options, type Serverless, type Utils } from './framework';
import { declaredStreamsOf } from './stage/deployed-stage';
import { checksOf } from './verify/checks';
import { conclude } from './verify/conclude';
import { DOOR_OPTIONS } from './verify/doors/options';
import { isAboutDoor, listedChecks } from './verify/doors/start';
import { VERIFY_OPTIONS } from './verify/options';
import { runVerification } from './verify/run';

/** Checks the deployed API over HTTP on demand. */
export default class VerifyPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    verify: {
      usage: 'Call every endpoint of the deployed stage and check what it does',
      lifecycleEvents: ['run'],
      options: {
        ...VERIFY_OPTIONS,
        list: { usage: 'Print the names of the checks and run none', type: 'boolean' },
        only: { usage: 'Run these checks, by name, and those they build on', type: 'string' },
        ...DOOR_OPTIONS,
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'verify:run': run(() => this.#onDemand()),
    };
  }

  async #onDemand(): Promise<void> {
    if (this.#options.list) {
      const all = isAboutDoor(this.#options)
        ? this.#doorChecks()
        : checksOf(declaredStreamsOf(this.#serverless));
      for (const [name, { title }] of Object.entries(all)) {
        this.#utils.log.notice(`${name}  ${title}`);
      }
      return;
    }
    const report = await runVerification(this.#serverless, this.#options, this.#utils);
    conclude(report, `The ${isAboutDoor(this.#options) ? 'API' : 'stage'} stays as it is`);
  }

  #doorChecks() {
    return listedChecks(this.#options, this.#serverless);
  }
}
