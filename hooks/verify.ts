import { readMark } from './existing-api/mark';
import {
  type Command,
  forUser,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from './framework';
import { exitWith } from './process/exit-code';
import { withClients } from './stage/clients';
import { deployedStageIfAny, parameterOf } from './stage/deployed-stage';
import { pruneDeployments } from './stage/deployments';
import { readServed } from './stage/served';
import type { Target } from './stage/target';
import { checks } from './verify/checks';
import { conclude } from './verify/conclude';
import { AWS_PACE } from './verify/pace';
import { verdictOf } from './verify/reports/summary';
import { reportFiles, requireWritable } from './verify/reports/write';
import { type Before, rollBack } from './verify/roll-back';
import { planStream, runVerification } from './verify/run';
import { deleteLeftovers, findLeftovers, SAFE_AGE_MS } from './verify/sweep';
import { failedOf } from './verify/verify';

/** Options of `verify`, most of which `deploy` passes on to the verification after it. */
const OPTIONS = {
  report: { usage: 'Write the report to these files, .json or .xml (JUnit)', type: 'string' },
  keep: { usage: 'Keep the throw-away stream, and print how to delete it', type: 'boolean' },
  'read-only': { usage: 'Run only the checks that write to no stream', type: 'boolean' },
  'allow-protected': { usage: 'Verify a protected stage with all checks', type: 'boolean' },
} as const;

/** Checks the deployed API over HTTP after every deploy, and on demand. */
export default class VerifyPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    verify: {
      usage: 'Call every endpoint of the deployed stage and check what it does',
      lifecycleEvents: ['run'],
      options: {
        ...OPTIONS,
        list: { usage: 'Print the names of the checks and run none', type: 'boolean' },
        only: { usage: 'Run these checks, by name, and those they build on', type: 'string' },
      },
    },
    deploy: {
      options: {
        ...OPTIONS,
        'skip-verify': {
          usage: 'Deploy without calling the endpoints afterwards',
          type: 'boolean',
        },
        'on-failure': {
          usage: 'When verification fails: leave (default), or rollback to the previous deployment',
          type: 'string',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  /** The deployment that the stage served before this one. */
  #before: Before | undefined;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'verify:run': run(() => this.#onDemand()),
      'before:deploy:deploy': run(() => this.#beforeDeploy()),
      'after:deploy:deploy': run(() => this.#afterDeploy()),
    };
  }

  async #onDemand(): Promise<void> {
    if (this.#options.list) {
      for (const [name, { title }] of Object.entries(checks)) {
        this.#utils.log.notice(`${name}  ${title}`);
      }
      return;
    }
    const report = await runVerification(this.#serverless, this.#options, this.#utils);
    conclude(report, 'The stage stays as it is');
  }

  /** Refuses to deploy what could not be verified afterwards. */
  async #beforeDeploy(): Promise<void> {
    const { 'on-failure': onFailure = 'leave', 'skip-verify': skips } = this.#options;
    if (!['leave', 'rollback'].includes(onFailure)) {
      throw new HookError(
        'ON_FAILURE_UNKNOWN',
        `--on-failure ${onFailure}: it takes leave or rollback.`,
      );
    }
    if (skips) return;
    await this.#requireReports();
    planStream(this.#serverless, this.#options);
    if (onFailure !== 'rollback') return;
    this.#before = await this.#stageBefore();
  }

  /** @throws HookError for a report that could not be written afterwards */
  async #requireReports(): Promise<void> {
    try {
      await requireWritable(reportFiles(this.#options.report));
    } catch (error) {
      exitWith('couldNotStart');
      throw error;
    }
  }

  /** The stage's state before the deployment; undefined if there was none. */
  async #stageBefore(): Promise<Before | undefined> {
    const target = await deployedStageIfAny(this.#serverless);
    const stage = this.#serverless.getProvider('aws').getStage();
    const shared = parameterOf(this.#serverless, 'restApiId');
    const restApiId = shared || target?.restApiId;
    if (restApiId === undefined) return undefined;
    const name = shared ? parameterOf(this.#serverless, 'restApiStage') || stage : stage;
    const served = await withClients(this.#serverless, ({ apiGateway }) =>
      readServed(apiGateway, restApiId, name),
    );
    return served && { served, target };
  }

  async #afterDeploy(): Promise<void> {
    if (this.#options['skip-verify']) return;
    const report = await runVerification(this.#serverless, this.#options, this.#utils);
    const { target } = report;
    if (verdictOf(report) === 'passed') {
      await this.#tidy(target);
      conclude(report, '');
      return;
    }
    // Checks that could not run are no reason to roll back.
    const isToRollBack = this.#options['on-failure'] === 'rollback' && failedOf(report).length > 0;
    conclude(report, isToRollBack ? await this.#rollBack(target) : 'The stage stays as deployed');
  }

  /** @returns what became of the stage */
  #rollBack(target: Target): Promise<string> {
    return withClients(this.#serverless, ({ apiGateway }) =>
      rollBack(apiGateway, target, this.#before),
    );
  }

  /**
   * Clears away what runs before left: deployments out of date, streams of runs that were killed.
   */
  async #tidy({ restApiId, service, stage }: Target): Promise<void> {
    const owner = `${service}-${stage}`;
    const isOwn = (description: string) =>
      description === owner || readMark(owner, description) !== undefined;
    try {
      await withClients(this.#serverless, async ({ apiGateway, kinesis }) => {
        await pruneDeployments(apiGateway, restApiId, isOwn);
        const sweep = {
          kinesis,
          owner: { service, stage },
          olderThanMs: SAFE_AGE_MS,
          signal: AbortSignal.timeout(AWS_PACE.streamMs),
        };
        await deleteLeftovers(sweep, (await findLeftovers(sweep)).old);
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      this.#utils.log.warning(
        `The stage is verified, but what earlier runs left behind could not be deleted (${reason}).`,
      );
    }
  }
}
