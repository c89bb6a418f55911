import { readMark } from '../existing-api/mark';
import { HookError, type Options, type Serverless, type Utils } from '../framework';
import { withClients } from '../stage/clients';
import { pruneDeployments } from '../stage/deployments';
import { takesKeys } from '../stage/entrances';
import type { Target } from '../stage/target';
import { requireTokens } from '../verify/access/of-command';
import { conclude } from '../verify/conclude';
import { AWS_PACE } from '../verify/pace';
import { verdictOf } from '../verify/reports/summary';
import { requireReports } from '../verify/reports/write';
import { type Occasion, planStream, runVerification } from '../verify/run';
import { deleteLeftovers, findLeftovers, SAFE_AGE_MS } from '../verify/sweep';
import { findLeftKeys } from '../verify/throw-away-key';
import { failedOf, type Report } from '../verify/verify';
import { leaveOutcome } from './outcome-metric';

/** How a stage is left where verification has not passed. */
export interface WayBack {
  /** Takes the stack back. @returns what became of the stage */
  goBack(): Promise<string>;
  /** Deletes what was kept for it. */
  tidy(): Promise<void>;
}

/** Verifies what a deploy brings, before and after it is live. */
export class Verification {
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
  }

  /** Refuses to deploy what could not be verified. */
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
    await requireTokens(this.#serverless, this.#options);
  }

  /**
   * Verifies the shadow stage. Unless it passes, the stack goes back, and the shadow with it.
   * @throws HookError as `conclude`
   */
  async beforeLive(target: Target, { goBack }: Pick<WayBack, 'goBack'>): Promise<Report> {
    const onInterrupted = async () => this.#utils.log.notice(`${await goBack()}.`);
    const report = await this.#run({ target, onInterrupted }).catch(async (error: unknown) => {
      await onInterrupted();
      throw error;
    });
    if (verdictOf(report) !== 'passed') conclude(report, await goBack());
    return report;
  }

  /**
   * Verifies the live stage: only by reading, if what it serves was verified before.
   * @throws HookError as `conclude`
   */
  async ofLive(
    target: Target,
    earlier: Report | undefined,
    { goBack, tidy }: WayBack,
  ): Promise<void> {
    const report = await this.#run({
      target,
      ...(earlier && { earlier }),
      onInterrupted: tidy,
    });
    if (verdictOf(report) === 'passed') {
      await tidy();
      await this.#clearAway(report.target);
      conclude(report, '');
      if (earlier) conclude(earlier, '');
      return;
    }
    // Checks that could not run are no reason to roll back.
    if (this.#options['on-failure'] === 'rollback' && failedOf(report).length > 0) {
      conclude(report, await goBack());
    }
    await tidy();
    conclude(report, 'The stage stays as deployed');
  }

  async #run(occasion: Occasion): Promise<Report> {
    const options = occasion.earlier ? { ...this.#options, 'read-only': true } : this.#options;
    const report = await runVerification(this.#serverless, options, this.#utils, occasion);
    await leaveOutcome(this.#serverless, this.#utils, report);
    return report;
  }

  /**
   * Clears away the remains of earlier runs: outdated deployments, streams of runs that were killed.
   */
  async #clearAway(target: Target): Promise<void> {
    const { restApiId, service, stage } = target;
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
        if (!takesKeys(target)) return;
        for (const key of await findLeftKeys(apiGateway, sweep.owner, SAFE_AGE_MS)) {
          await key.delete();
        }
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      this.#utils.log.warning(
        `The stage is verified, but what earlier runs left behind could not be deleted (${reason}).`,
      );
    }
  }
}
