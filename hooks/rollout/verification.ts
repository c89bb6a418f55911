import { readMark } from '../existing-api/mark';
import { HookError, type Options, type Serverless, type Utils } from '../framework';
import { withClients } from '../stage/clients';
import { deployedStageIfAny, parameterOf } from '../stage/deployed-stage';
import { pruneDeployments } from '../stage/deployments';
import { readServed } from '../stage/served';
import type { Target } from '../stage/target';
import { conclude } from '../verify/conclude';
import { requireReports } from '../verify/options';
import { AWS_PACE } from '../verify/pace';
import { verdictOf } from '../verify/reports/summary';
import { planStream, runVerification } from '../verify/run';
import { deleteLeftovers, findLeftovers, SAFE_AGE_MS } from '../verify/sweep';
import { failedOf } from '../verify/verify';
import { leaveOutcome } from './outcome-metric';
import { type Before, rollBack } from './roll-back';

/** The verification of a stage after it was deployed, and what becomes of the stage. */
export class Verification {
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  /** The deployment that the stage served before this one. */
  #before: Before | undefined;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
  }

  /** Refuses to deploy what could not be verified afterwards. */
  async begin(): Promise<void> {
    const { 'on-failure': onFailure = 'leave', 'skip-verify': skips } = this.#options;
    if (!['leave', 'rollback'].includes(onFailure)) {
      throw new HookError(
        'ON_FAILURE_UNKNOWN',
        `--on-failure ${onFailure}: it takes leave or rollback.`,
      );
    }
    if (skips) return;
    await requireReports(this.#options);
    planStream(this.#serverless, this.#options);
    if (onFailure !== 'rollback') return;
    this.#before = await this.#stageBefore();
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

  async end(): Promise<void> {
    if (this.#options['skip-verify']) return;
    const report = await runVerification(this.#serverless, this.#options, this.#utils);
    await leaveOutcome(this.#serverless, this.#utils, report);
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
