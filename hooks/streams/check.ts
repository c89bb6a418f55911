import type { StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import { declaredKeys } from '../../resources/encryption-keys';
import type { DeclaredStream } from '../../resources/streams/declared';
import { type CompiledTemplate, HookError } from '../framework';
import { listed } from '../framework/listed';
import type { Stack } from '../stage/load-target';
import { parametersIn, streamsIn } from '../stage/remembered';
import { type Clients, foreignConsumers, ownerOf, summaryOf } from './look';
import {
  type NamedStream,
  namedStreams,
  type StackStream,
  type StreamProperties,
  stackStreams,
} from './template';

/** A deploy, as far as its streams are concerned. */
export interface StreamPlan {
  readonly stage: string;
  /** The template to be. */
  readonly template: CompiledTemplate;
  readonly declared: readonly DeclaredStream[];
  /** The deployed stack; undefined before the first deployment. */
  readonly stack: Stack | undefined;
  /** True with `--import-streams`: existing streams are taken into the stack. */
  readonly imports: boolean;
  /** True if the stack goes back when the verification of the live stage fails. */
  readonly goesBack: boolean;
  /** False on a laptop. */
  readonly costs: boolean;
}

/** A stream to take into the stack, as it is. */
export interface FoundStream extends NamedStream {
  readonly summary: StreamDescriptionSummary;
}

export interface StreamFindings {
  readonly toImport: readonly FoundStream[];
  /** Tells the user which streams leave the stack, and what happens to them. */
  readonly notices: readonly string[];
}

export const MORE = 'More: docs/declared-streams.md';

/**
 * Looks for what CloudFormation would find later, or say without a name: streams that are there
 * already or are not, changes that Kinesis does not make, data that would go.
 * @throws HookError for streams that must not be deployed so, with the ways out
 */
export async function checkStreams(clients: Clients, plan: StreamPlan): Promise<StreamFindings> {
  const check = new Check(clients, plan);
  await check.existing();
  for (const stream of namedStreams(plan.template, plan.declared)) await check.made(stream);
  await check.leaving();
  return check.end();
}

/** The key of AWS's own for Kinesis, which callers need no permission for. */
const isAwsManaged = (keyId: string) => keyId.endsWith('alias/aws/kinesis');

class Check {
  readonly #clients: Clients;
  readonly #plan: StreamPlan;
  readonly #deployed: readonly StackStream[];
  readonly #problems: { readonly code: string; readonly text: string }[] = [];
  readonly #toImport: FoundStream[] = [];
  readonly #notices: string[] = [];

  constructor(clients: Clients, plan: StreamPlan) {
    this.#clients = clients;
    this.#plan = plan;
    this.#deployed = plan.stack === undefined ? [] : stackStreams(plan.stack);
  }

  /** @throws HookError */
  end(): StreamFindings {
    const [first, ...others] = this.#problems;
    if (first === undefined) return { toImport: this.#toImport, notices: this.#notices };
    const texts = [first, ...others].map(({ text }) => text);
    throw new HookError(first.code, `${texts.join('\n')}\n${MORE}`);
  }

  /** Streams that the stack writes to and does not make. */
  async existing(): Promise<void> {
    for (const { name, streamName } of this.#plan.declared.filter(({ existing }) => existing)) {
      const own = this.#deployed.find((stream) => stream.name === streamName);
      if (own?.keeps) {
        this.#notices.push(`The stream ${streamName} leaves the stack, which still writes to it.`);
      } else if (own !== undefined) {
        this.#refuse(
          'STREAM_WOULD_GO',
          `'${name}' is declared as existing, but the stack made ${streamName} and would delete it, with its data. Deploy it once with onRemove: 'retain' first.`,
        );
      }
      const summary = await summaryOf(this.#clients.kinesis, streamName);
      if (summary !== undefined && summary.StreamStatus !== 'DELETING') continue;
      const state = summary === undefined ? 'does not exist' : 'is being deleted';
      this.#refuse(
        'STREAM_MISSING',
        `The stream ${streamName}, which streams.ts declares as '${name}' with existing: true, ${state}. Create it, or leave out existing so that the stack does.`,
      );
    }
  }

  /** A stream of the template to be. */
  async made(stream: NamedStream): Promise<void> {
    const own = this.#deployed.find(({ name }) => name === stream.name);
    if (own?.id === stream.id) {
      await this.#changed(stream);
      return;
    }
    if (own !== undefined) {
      this.#refuse(
        'STREAM_MOVED',
        `The stack has the stream ${stream.name} as ${own.id}, and would have it as ${stream.id}. CloudFormation cannot rename a resource: leave its name in streams.ts as it was.`,
      );
      return;
    }
    const summary = await summaryOf(this.#clients.kinesis, stream.name);
    if (summary === undefined) return;
    if (summary.StreamStatus === 'DELETING') {
      this.#refuse(
        'STREAM_DELETING',
        `The stream ${stream.name} is being deleted. Deploy again when it is gone.`,
      );
      return;
    }
    await this.#there(stream, summary);
  }

  async #there(stream: NamedStream, summary: StreamDescriptionSummary): Promise<void> {
    const { name, id, declaredAs } = stream;
    const owner = await ownerOf(this.#clients.cloudFormation, name);
    const isRenamed = this.#deployed.some((deployed) => deployed.id === id);
    if (owner === undefined && !isRenamed && this.#plan.imports) {
      this.#fits(stream, summary);
      this.#toImport.push({ ...stream, summary });
      return;
    }
    const what = `The stream ${name}${declaredAs === undefined ? ` (resource ${id})` : `, which streams.ts declares as '${declaredAs}',`} exists already`;
    const others =
      declaredAs === undefined
        ? 'give yours another Name'
        : 'in streams.ts, set existing: true to write to it and leave it otherwise alone, or another streamName';
    if (owner !== undefined) {
      this.#refuse('STREAM_OWNED', `${what}, in the stack ${owner}. Instead, ${others}.`);
    } else if (isRenamed) {
      this.#refuse(
        'STREAM_EXISTS',
        `${what}, and the stack has another one in its place. To take it up, deploy once without '${declaredAs ?? id}', then with it and --import-streams. Or, ${others}.`,
      );
    } else {
      this.#refuse(
        'STREAM_EXISTS',
        `${what}, and is not this stack's. To take it up with its data: npx serverless deploy --stage ${this.#plan.stage} --import-streams. Or, ${others}.`,
      );
    }
  }

  /** The update after the import brings the stream to its declaration. */
  #fits(stream: NamedStream, summary: StreamDescriptionSummary): void {
    const { name, retentionHours } = stream;
    const { RetentionPeriodHours: now = 24 } = summary;
    if (retentionHours < now) {
      this.#refuse(
        'STREAM_WOULD_FORGET',
        `The stream ${name} keeps records for ${now} hours, and would for ${retentionHours}: what is older would be lost. Declare retentionHours: ${now}; a later deploy can shorten it.`,
      );
    }
    this.#step(stream, summary);
  }

  async #changed(stream: NamedStream): Promise<void> {
    const { name, shards, retentionHours } = stream;
    const deployed = (this.#plan.stack?.template.Resources[stream.id]?.Properties ??
      {}) as StreamProperties;
    const { RetentionPeriodHours: hours = 24, ShardCount: count } = deployed;
    if (retentionHours < Number(hours)) {
      this.#notices.push(
        `The stream ${name} keeps records for ${retentionHours} hours instead of ${hours}: older ones are deleted.`,
      );
    }
    this.#rekeyed(stream, deployed);
    if (shards === undefined || Number(count) === shards) return;
    const summary = await summaryOf(this.#clients.kinesis, name);
    if (summary !== undefined) this.#step(stream, summary);
  }

  /** The stream gets its key before the stage gets the roles that may use it. */
  #rekeyed({ name, keyId, declaredAs }: NamedStream, { StreamEncryption }: StreamProperties): void {
    const { stack, stage } = this.#plan;
    if (stack === undefined || declaredAs === undefined || stage === 'local') return;
    if (keyId === undefined || keyId === StreamEncryption?.KeyId || isAwsManaged(keyId)) return;
    const { kmsKeyArns = '' } = parametersIn(stack.template) ?? {};
    const usable = [...kmsKeyArns.split(','), ...declaredKeys(streamsIn(stack.template))];
    if (usable.includes(keyId)) return;
    this.#refuse(
      'STREAM_KEY_TOO_EARLY',
      `The stream ${name} would be encrypted with ${keyId}, which the roles of the live stage may not use: its events would be refused until the new version is live. Deploy once with that key in the parameter kmsKeyArns first.`,
    );
  }

  /** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
  #step(
    { name, shards }: NamedStream,
    { OpenShardCount: now = 0 }: StreamDescriptionSummary,
  ): void {
    if (shards === undefined || now === 0) return;
    const nearest = Math.min(Math.max(shards, Math.ceil(now / 2)), now * 2);
    if (nearest === shards) return;
    this.#refuse(
      'STREAM_STEP_TOO_LARGE',
      `The stream ${name} has ${now} shards, and ${shards} are declared. Kinesis at most doubles or halves them at a time: deploy it with shards: ${nearest} first.`,
    );
  }

  /** Streams that the stack has and is not to have any more. */
  async leaving(): Promise<void> {
    const next = namedStreams(this.#plan.template);
    for (const stream of this.#deployed) {
      const successor = next.find(({ id }) => id === stream.id);
      // CloudFormation names it as before.
      const isSame = successor === undefined && this.#plan.template.Resources[stream.id];
      if (successor?.name === stream.name || isSame) continue;
      // Its new name is reported with the stream that is declared.
      const isDeclared = ({ existing, streamName }: DeclaredStream) =>
        existing && streamName === stream.name;
      if (!this.#plan.declared.some(isDeclared)) await this.#left(stream, successor);
    }
  }

  async #left(stream: StackStream, successor: NamedStream | undefined): Promise<void> {
    const { name } = stream;
    if (successor !== undefined && this.#plan.goesBack) {
      this.#refuse(
        'STREAM_RENAMED',
        `The stream ${name} gets the name ${successor.name}, which cannot be taken back. Deploy without --on-failure rollback.`,
      );
    }
    const isKept = successor === undefined ? stream.keeps : successor.keeps.onReplacement;
    if (!isKept) {
      await this.#deleted(stream);
      return;
    }
    const instead = successor === undefined ? '' : ` (${successor.name} takes its place)`;
    const costs = this.#plan.costs ? ` ${deletionOf([name])}` : '';
    this.#notices.push(
      `The stream ${name} leaves the stack${instead} and stays, with its data.${costs}`,
    );
  }

  async #deleted({ name, consumers }: StackStream): Promise<void> {
    const foreign = await foreignConsumers(this.#clients.kinesis, name, consumers);
    if (foreign.length === 0) {
      this.#notices.push(`The stream ${name} leaves the stack and is deleted, with its data.`);
      return;
    }
    this.#refuse(
      'STREAM_HAS_CONSUMERS',
      `The stream ${name} is to be deleted, but has consumers: ${listed(foreign.map((one) => one.name))}. Deregister them first: aws kinesis deregister-stream-consumer --consumer-arn ${foreign[0]?.arn}`,
    );
  }

  #refuse(code: string, text: string): void {
    this.#problems.push({ code, text });
  }
}

/** How to delete streams that were left. */
export const deletionOf = (names: readonly string[]): string =>
  `A stream costs until it is deleted: ${names
    .map((name) => `aws kinesis delete-stream --stream-name ${name} --enforce-consumer-deletion`)
    .join('; ')}`;
