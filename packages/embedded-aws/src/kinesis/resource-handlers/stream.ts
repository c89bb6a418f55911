import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { generatedName } from '../../core/generated-name';
import {
  listProperty,
  numberProperty,
  objectOf,
  refuseOthers,
  tagsProperty,
  textProperty,
} from '../../core/properties';
import type {
  Properties,
  ResourceContext,
  ResourceHandler,
  ResourceState,
} from '../../core/resource-handler';
import type { Kinesis } from '..';
import { type TagChanges, tagChanges } from './tags';
import { DEFAULT_WAITING, ifExists, type Waiting, waitUntil } from './wait';

const TYPE = 'AWS::Kinesis::Stream';

const SUPPORTED = [
  'Name',
  'ShardCount',
  'RetentionPeriodHours',
  'StreamModeDetails',
  'StreamEncryption',
  'Tags',
  'MaxRecordSizeInKiB',
  'DesiredShardLevelMetrics',
] as const;

const MAX_NAME_LENGTH = 128;
const DEFAULT_RETENTION_HOURS = 24;
const DEFAULT_RECORD_KIB = 1024;

/**
 * `AWS::Kinesis::Stream`: Ref returns the name, GetAtt supports Arn. Create and update wait until
 * the stream is ACTIVE, delete waits until it no longer exists.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
 */
export function streamHandler(
  kinesis: Kinesis,
  waiting: Waiting = DEFAULT_WAITING,
): ResourceHandler {
  return {
    type: TYPE,
    missingAttributes: ['WarmThroughputObject'],
    read: ({ caller }, name) =>
      ifExists(() => new StreamResource(kinesis, waiting, caller, name).state()),
    async create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const stream = new StreamResource(
        kinesis,
        waiting,
        context.caller,
        nameOf(context, properties),
      );
      return stream.create(properties, context.onCreated);
    },
    async update(context, physicalId, properties, previous) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const stream = new StreamResource(kinesis, waiting, context.caller, physicalId);
      await stream.apply(properties, previous);
      return stream.state();
    },
    delete: (context, physicalId) =>
      new StreamResource(kinesis, waiting, context.caller, physicalId).delete(),
  };
}

function nameOf(context: ResourceContext, properties: Properties): string {
  return textProperty(properties, 'Name') ?? generatedName(context, MAX_NAME_LENGTH);
}

/** One stream, accessed with the identity of the stack. */
class StreamResource {
  readonly #kinesis: Kinesis;
  readonly #waiting: Waiting;
  readonly #caller: Caller;
  readonly #name: string;

  constructor(kinesis: Kinesis, waiting: Waiting, caller: Caller, name: string) {
    this.#kinesis = kinesis;
    this.#waiting = waiting;
    this.#caller = caller;
    this.#name = name;
  }

  async create(
    properties: Properties,
    onCreated: ResourceContext['onCreated'],
  ): Promise<ResourceState> {
    const tags = tagsProperty(properties);
    const mode = modeOf(properties);
    this.#make({
      ShardCount: numberProperty(properties, 'ShardCount'),
      ...(mode !== undefined && { StreamModeDetails: { StreamMode: mode } }),
      ...(tags.size > 0 && { Tags: Object.fromEntries(tags) }),
      MaxRecordSizeInKiB: numberProperty(properties, 'MaxRecordSizeInKiB'),
    });
    try {
      onCreated?.(this.#name);
      await this.#active();
      // Properties that CreateStream does not accept are applied as an update of a stream without
      // them.
      await this.apply(properties, { ...properties, ...NOT_AT_CREATION });
    } catch (error) {
      // The stack does not know this stream yet, so nothing else would delete it.
      await this.delete();
      throw error;
    }
    return this.state();
  }

  /** Updates the stream from its previous to its desired properties, one change at a time. */
  async apply(properties: Properties, previous: Properties): Promise<void> {
    await this.#changeMode(modeOf(properties), modeOf(previous));
    await this.#changeShards(properties, previous);
    await this.#changeRetention(retentionOf(properties), retentionOf(previous));
    await this.#changeRecordSize(recordSizeOf(properties), recordSizeOf(previous));
    await this.#changeEncryption(keyOf(properties), keyOf(previous));
    this.#changeMetrics(metricsOf(properties), metricsOf(previous));
    this.#changeTags(tagChanges(properties, previous));
  }

  /**
   * Does not force the deletion of consumers, and no property does: a stack with a stream that has
   * some cannot be deleted (recorded: github.com/aws/aws-cli/issues/3580 and
   * github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1720).
   */
  async delete(): Promise<void> {
    ifExists(() => this.#run('DeleteStream', {}));
    const gone = () => ifExists(() => this.#summary) === undefined;
    await waitUntil(this.#waiting, `Stream ${this.#name}`, gone);
  }

  /** As AWS's handler reads it, by the permissions of its schema in the registry: with its tags. */
  state(): ResourceState {
    const Arn = this.#arn;
    this.#run('ListTagsForStream', {});
    return { physicalId: this.#name, attributes: { Arn } };
  }

  get #arn(): string {
    return this.#summary.StreamARN;
  }

  get #summary() {
    return this.#kinesis.invoke(this.#caller, 'DescribeStreamSummary', { StreamName: this.#name })
      .StreamDescriptionSummary;
  }

  #run(action: Parameters<Kinesis['invoke']>[1], input: Properties): void {
    this.#kinesis.invoke(this.#caller, action, { StreamName: this.#name, ...input });
  }

  /** @throws AwsError AlreadyExists in the registry's words (recorded: the AWS CLI's cloudcontrol examples) */
  #make(input: Properties): void {
    try {
      this.#run('CreateStream', input);
    } catch (cause) {
      const isTaken = cause instanceof AwsError && /already exists\.$/.test(cause.message);
      if (!isTaken) throw cause;
      const message = `Resource of type '${TYPE}' with identifier '${this.#name}' already exists.`;
      throw new AwsError('AlreadyExists', message, { cause });
    }
  }

  #active(): Promise<void> {
    return waitUntil(
      this.#waiting,
      `Stream ${this.#name}`,
      () => this.#summary.StreamStatus === 'ACTIVE',
    );
  }

  async #changeMode(mode: string | undefined, previous: string | undefined): Promise<void> {
    if (mode === undefined || mode === previous) return;
    this.#run('UpdateStreamMode', {
      StreamARN: this.#arn,
      StreamModeDetails: { StreamMode: mode },
    });
    await this.#active();
  }

  async #changeShards(properties: Properties, previous: Properties): Promise<void> {
    const count = numberProperty(properties, 'ShardCount');
    if (count === undefined || count === numberProperty(previous, 'ShardCount')) return;
    // A stream that was on demand may already have this many shards.
    if (count === this.#summary.OpenShardCount) return;
    this.#run('UpdateShardCount', { TargetShardCount: count, ScalingType: 'UNIFORM_SCALING' });
    await this.#active();
  }

  async #changeRetention(hours: number, previous: number): Promise<void> {
    if (hours === previous) return;
    const longer = hours > previous;
    this.#run(longer ? 'IncreaseStreamRetentionPeriod' : 'DecreaseStreamRetentionPeriod', {
      RetentionPeriodHours: hours,
    });
    await this.#active();
  }

  async #changeRecordSize(size: number, previous: number): Promise<void> {
    if (size === previous) return;
    this.#run('UpdateMaxRecordSize', { StreamARN: this.#arn, MaxRecordSizeInKiB: size });
    await this.#active();
  }

  async #changeEncryption(key: string | undefined, previous: string | undefined): Promise<void> {
    if (key === previous) return;
    const action = key === undefined ? 'StopStreamEncryption' : 'StartStreamEncryption';
    this.#run(action, { EncryptionType: 'KMS', KeyId: key ?? previous });
    await this.#active();
  }

  #changeTags({ removed, changed }: TagChanges): void {
    if (removed.length > 0) this.#run('RemoveTagsFromStream', { TagKeys: removed });
    if (changed !== undefined) this.#run('AddTagsToStream', { Tags: changed });
  }

  #changeMetrics(metrics: readonly string[], previous: readonly string[]): void {
    const removed = previous.filter((metric) => !metrics.includes(metric));
    if (removed.length > 0) this.#run('DisableEnhancedMonitoring', { ShardLevelMetrics: removed });
    const added = metrics.filter((metric) => !previous.includes(metric));
    if (added.length > 0) this.#run('EnableEnhancedMonitoring', { ShardLevelMetrics: added });
  }
}

/** The properties that CreateStream does not accept, unset. */
const NOT_AT_CREATION = {
  RetentionPeriodHours: undefined,
  StreamEncryption: undefined,
  DesiredShardLevelMetrics: undefined,
} as const;

const modeOf = (properties: Properties) =>
  textProperty(objectOf(properties.StreamModeDetails), 'StreamMode');

const keyOf = (properties: Properties) =>
  textProperty(objectOf(properties.StreamEncryption), 'KeyId');

const retentionOf = (properties: Properties) =>
  numberProperty(properties, 'RetentionPeriodHours') ?? DEFAULT_RETENTION_HOURS;

const recordSizeOf = (properties: Properties) =>
  numberProperty(properties, 'MaxRecordSizeInKiB') ?? DEFAULT_RECORD_KIB;

const metricsOf = (properties: Properties) =>
  listProperty(properties, 'DesiredShardLevelMetrics').map(String);
