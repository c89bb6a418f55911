import { goLive } from '../existing-api/live';
import {
  type CompiledTemplate,
  HookError,
  type Options,
  type Serverless,
  type Utils,
} from '../framework';
import { listed } from '../framework/listed';
import type { Hold } from '../process/hold';
import { withClients } from '../stage/clients';
import { deployedStage, stageAddress } from '../stage/deployed-stage';
import { readStack } from '../stage/load-target';
import { missingFrom, readServed, type Served } from '../stage/served';
import { apiStage, sharesApi, type Target } from '../stage/target';
import { stackStreams } from '../streams/template';
import { contentOf } from '../template/deployment';
import { BESIDE_LIVE, refuseExcess, WHILE_UPDATED } from '../template/limits';
import { isUntouched, stackAtRest } from './at-rest';
import { DeployedApi, type LivingStage } from './deployed';
import { type Job, livingStage, planJob } from './job';
import type { StepName } from './plan';
import { restoreStage } from './restore-stage';
import { removePolicy, removeVariables } from './settings';
import { viewOf } from './view';

/**
 * Brings a new version of the stack to its stage, in up to four updates of the stack:
 * 1. `retire`: what the new version takes away leaves the API. CloudFormation deletes resources at
 *    the end of an update, after a new Deployment has copied the API with them
 *    (serverless/serverless#7542, aws/aws-cdk#14660).
 * 2. `shadow`: the new deployment is served by a stage that no client knows, and verified there.
 * 3. `live`: the stage moves to it.
 * 4. What was kept for the way back is deleted.
 *
 * Whatever goes wrong before the stage has moved, the stack goes back to where it was.
 */
export class Rollout {
  readonly #serverless: Serverless;
  readonly #options: Options;
  readonly #utils: Utils;
  readonly #api: DeployedApi;
  readonly #hold: Hold;
  /** The templates that this deploy gave to the stack, whether the updates succeeded or not. */
  readonly #brought: CompiledTemplate[] = [];
  #job: Job | undefined;
  /** True while this class updates the stack, with a template of its own. */
  #isUpdating = false;
  /** True once the stage has moved. */
  #isLive = false;
  /** The deployment that the shadow stage served. */
  #prepared: string | undefined;

  /** @param hold keeps signals from cutting an update off */
  constructor(serverless: Serverless, options: Options, utils: Utils, hold: Hold) {
    this.#serverless = serverless;
    this.#options = options;
    this.#utils = utils;
    this.#hold = hold;
    this.#api = new DeployedApi(serverless, utils);
  }

  /** Before the first update of the stack. */
  async plan(): Promise<void> {
    if (this.#isUpdating) return;
    this.#job = await planJob(this.#serverless, this.#options, this.#utils);
    const { notice, steps } = this.#job;
    const region = this.#serverless.getProvider('aws').getRegion();
    for (const { name, template } of steps) {
      refuseExcess(template, region, name === 'shadow' ? BESIDE_LIVE : WHILE_UPDATED);
    }
    if (notice !== undefined) this.#utils.log.notice(notice);
    this.#serverless.service.provider.compiledCloudFormationTemplate = steps[0].template;
    this.#brought.push(steps[0].template);
  }

  /** Before each update of the stack. @throws Interrupted if a signal has come, and there is a way back */
  hold(): void {
    if (!this.#isLive) this.#hold.check();
    this.#hold.begin();
  }

  /** The framework compares with its last upload, which may never have been deployed. */
  deployAnyway(): void {
    const isNeeded = this.#isUpdating || this.#job?.hasChanges;
    if (isNeeded) this.#serverless.service.provider.shouldNotDeploy = false;
  }

  /**
   * After the first update of the stack: the others.
   * @param verify verifies a stage. @throws when the stage is not to become live
   */
  async goOn(
    verify: (shadow: Target, back: () => Promise<string>) => Promise<void>,
  ): Promise<void> {
    const job = this.#job;
    if (job === undefined || this.#isUpdating) return;
    for (const [index, { name, template }] of job.steps.entries()) {
      const shadow = await this.#step(job, name, index > 0 ? template : undefined);
      if (shadow) await verify(shadow, () => this.goBack());
    }
  }

  /**
   * @param template of the update; undefined if it was the first, which the framework has made
   * @returns the shadow stage, where that is what the step has made
   */
  async #step(
    job: Job,
    name: StepName,
    template: CompiledTemplate | undefined,
  ): Promise<Target | undefined> {
    try {
      if (template) {
        await this.#requireOwn();
        await this.#update(template);
      }
      this.#isLive = name === 'live';
      await this.#after(name, job);
      // The stage of a shared API moves after the last update.
      if (!this.#isLive || job.shared) this.#hold.check();
      return name === 'shadow' ? await this.#view(job) : undefined;
    } catch (error) {
      // A stage without a shadow stays as deployed, as where verification fails.
      const isAlone = job.steps.length === 1 && !this.#hold.isInterrupted;
      if (!isAlone) this.#utils.log.warning(`${await this.goBack()}.`);
      throw error;
    }
  }

  /** @throws HookError if another deploy has changed the stack meanwhile */
  async #requireOwn(): Promise<void> {
    if (!(await this.#isTakenOver())) return;
    throw new HookError(
      'TAKEN_OVER',
      'Another deploy of this stage started in the meantime and has taken over the stack. Run one deploy of a stage at a time; on GitHub, a concurrency group does that.',
    );
  }

  async #isTakenOver(): Promise<boolean> {
    const stack = await stackAtRest(await stageAddress(this.#serverless));
    const job = this.#job;
    if (stack === undefined || job === undefined) return false;
    const { before } = job;
    // Of a first deployment that is the framework's own, which no other deploy has.
    const brought = job.stack === undefined ? [before, ...this.#brought] : this.#brought;
    return !isUntouched(stack.template, before, brought);
  }

  async #after(step: StepName, { living, before, packaged }: Job): Promise<void> {
    if (living === undefined || sharesApi(living)) return;
    await this.#api.with(living, async ({ apiGateway, restApiId }) => {
      if (step === 'retire') await removePolicy(apiGateway, restApiId, before, packaged);
      if (step !== 'live') return;
      await removeVariables(apiGateway, restApiId, apiStage(living), before, packaged);
    });
  }

  /** The shadow stage as it is deployed. */
  async #view({ shadow, packaged, whole, live }: Job): Promise<Target> {
    const address = await stageAddress(this.#serverless);
    const stack = await readStack(address);
    if (shadow === undefined || stack === undefined) throw new TypeError('There is no shadow.');
    const endpoint = process.env.AWS_ENDPOINT_URL?.replace(/\/+$/, '');
    const view = viewOf({ ...address, shadow, packaged, whole, stack, live, endpoint });
    this.#prepared = view.deploymentId;
    return view;
  }

  /**
   * Lets the stage of a shared API serve the routes, which CloudFormation cannot: it is its owner's.
   * @returns whether the live stage now serves what its shadow served
   */
  async goLive(): Promise<boolean> {
    const job = this.#job;
    if (job?.shared === undefined) return this.#prepared !== undefined;
    const { shared: api, served, packaged } = job;
    const prepared = this.#prepared && served ? { id: this.#prepared, served } : undefined;
    const made = await withClients(this.#serverless, ({ apiGateway }) =>
      goLive(apiGateway, api, contentOf(packaged), prepared),
    );
    if (made === undefined) return prepared !== undefined;
    this.#utils.log.notice(
      `Stage '${api.stageName}' of the REST API ${api.restApiId} serves the routes, with deployment ${made}`,
    );
    return made === prepared?.id;
  }

  /** The live stage, without what is kept beside it while the outcome is open. */
  async liveTarget(): Promise<Target> {
    const target = await deployedStage(this.#serverless);
    const { stack } = target;
    const packaged = this.#job?.packaged;
    if (stack === undefined || packaged === undefined) return target;
    const declared = Object.entries(stack.template.Resources).filter(
      ([id]) => packaged.Resources[id] !== undefined,
    );
    const template = { ...stack.template, Resources: Object.fromEntries(declared) };
    return { ...target, stack: { ...stack, template } };
  }

  /** Deletes what was kept while the outcome was open. */
  async tidy(): Promise<void> {
    const job = this.#job;
    const live = job?.steps.at(-1)?.template;
    if (job === undefined || live === job.packaged || (await this.#isTakenOver())) return;
    try {
      await this.#update(job.packaged);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : cause;
      throw new HookError(
        'NOT_TIDIED',
        `The stage serves the new version, but what was kept of the one before could not be deleted (${reason}). The next deploy deletes it.`,
        { cause },
      );
    }
  }

  /**
   * Takes the stack back to where it was before this deploy.
   * @returns what became of the stage, in a sentence without its full stop
   */
  async goBack(): Promise<string> {
    const job = this.#job;
    if (job === undefined) return 'Nothing was changed';
    const { stage } = await stageAddress(this.#serverless);
    const { before, living, shared, served } = job;
    try {
      if (await this.#isTakenOver())
        return `Another deploy has taken over the stack of stage ${stage}`;
      const now = this.#isLive ? await this.#servedBy(living) : undefined;
      const left = this.#isLive ? await this.#streamsToLeave(before) : [];
      await restoreStage(this.#serverless, {
        before,
        shared: shared && { ...shared, served, made: this.#prepared },
      });
      const back = now && (await this.#servedBy(living));
      const stays = left.length > 0 ? `. With their data stay: ${left.join(', ')}` : '';
      if (living === undefined) return `Stage ${stage} is not deployed, as before${stays}`;
      const whole = 'and the stack is as it was before';
      if (!this.#isLive) return `Stage ${stage} serves what it did, ${whole}`;
      const again = now && back ? givenBack(now, back) : [];
      const opened = again.length > 0 ? `. Callers have again: ${listed(again)}` : '';
      return `Stage ${stage} serves deployment ${back?.deploymentId} again, ${whole}${opened}${stays}`;
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      return `Stage ${stage} could not be taken back to where it was (${reason}). ${this.#isLive ? 'Deploy the version before it again' : `Try again with: npx serverless sweep --stage ${stage} --older-than 0s --delete`}`;
    }
  }

  /** Names of streams that this deploy has made, and that clients may have written to. */
  async #streamsToLeave(before: CompiledTemplate): Promise<string[]> {
    const stack = await readStack(await stageAddress(this.#serverless));
    const made = stack === undefined ? [] : stackStreams(stack);
    return made
      .filter(({ id, keeps }) => keeps && before.Resources[id] === undefined)
      .map(({ name }) => name);
  }

  async #servedBy(stage: LivingStage | undefined): Promise<Served | undefined> {
    return (
      stage &&
      this.#api.look(stage, ({ apiGateway, restApiId }) =>
        readServed(apiGateway, restApiId, apiStage(stage)),
      )
    );
  }

  /** A rollback of the framework's is one update with an earlier template. */
  async warnAfterRollback(): Promise<void> {
    const stage = await livingStage(this.#serverless);
    if (stage !== undefined) await this.#api.warnAfterRollback(stage);
  }

  async #update(template: CompiledTemplate): Promise<void> {
    this.#serverless.service.provider.compiledCloudFormationTemplate = template;
    this.#brought.push(template);
    this.#isUpdating = true;
    try {
      await this.#serverless.pluginManager.spawn('aws:deploy:deploy');
    } finally {
      this.#isUpdating = false;
    }
  }
}

/** Rights and routes that callers have with one version of a stage and not with another, in words. */
const givenBack = (now: Served, back: Served): string[] => [
  ...missingFrom(now.parts, back.parts),
  ...missingFrom(now.rules, back.rules),
];
