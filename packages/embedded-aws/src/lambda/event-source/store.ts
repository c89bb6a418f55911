import { randomUUID } from 'node:crypto';
import { partitionOf, type Scope } from '../../core/caller';
import { AwsError, unsupported } from '../../core/errors';
import { NOT_NULL, violationMessage } from '../../core/validation';
import { invalidParameter, notFound } from '../errors';
import type { FunctionStore, FunctionVersion, StoredFunction } from '../store';
import {
  type EventSourceMapping,
  isGone,
  type StartingPosition,
  stateOf,
  TRANSITION_MS,
} from './mapping';
import { startOfStream } from './progress';
import { requirePublishing, requireReading } from './rights';
import type { EventSourceRuntime } from './runtime';
import { changedSettings, DEFAULT_SETTINGS, type SettingsInput } from './settings';
import { type Source, sourceOf } from './source';
import { describeSource, sourceExists } from './stream';

/** The members of a request for a new mapping. */
export interface NewMapping extends SettingsInput {
  readonly EventSourceArn?: string;
  readonly StartingPosition?: StartingPosition['type'];
  /** Milliseconds since 1970. */
  readonly StartingPositionTimestamp?: number;
}

/** The function that a mapping calls. */
export interface Target {
  readonly lambda: StoredFunction;
  readonly version: FunctionVersion | undefined;
}

/** The event source mappings of one account in one region. */
export class MappingStore {
  readonly mappings = new Map<string, EventSourceMapping>();
  readonly scope: Scope;
  readonly #functions: FunctionStore;
  readonly #runtime: EventSourceRuntime | undefined;
  readonly #changed: () => void;

  /** @param changed called when a mapping may have begun or ended to read */
  constructor(
    scope: Scope,
    functions: FunctionStore,
    runtime: EventSourceRuntime | undefined,
    changed: () => void,
  ) {
    this.scope = scope;
    this.#functions = functions;
    this.#runtime = runtime;
    this.#changed = changed;
  }

  arnOf(uuid: string): string {
    const { region, accountId } = this.scope;
    return `arn:${partitionOf(region)}:lambda:${region}:${accountId}:event-source-mapping:${uuid}`;
  }

  /**
   * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
   * @throws AwsError InvalidParameterValueException; ResourceConflictException, 409
   */
  create(input: NewMapping, tags: ReadonlyMap<string, string> = new Map()): EventSourceMapping {
    const runtime = this.#requireRuntime();
    if (!input.EventSourceArn) throw invalidParameter('Unrecognized event source.');
    const source = sourceOf(input.EventSourceArn);
    const functionArn = this.#functionArn(input.FunctionName);
    const start = startOf(input, runtime.now());
    const settings = changedSettings(DEFAULT_SETTINGS, input);
    if (!sourceExists(runtime, source)) {
      throw invalidParameter(`Stream not found: ${input.EventSourceArn}`);
    }
    this.#requireRights(functionArn, source, settings.Destination);
    this.#requireNone(input.EventSourceArn, functionArn);
    const uuid = randomUUID();
    const mapping: EventSourceMapping = {
      uuid,
      arn: this.arnOf(uuid),
      sourceArn: input.EventSourceArn,
      start,
      tags: new Map(tags),
      functionArn,
      settings,
      isEnabled: input.Enabled ?? true,
      transition: undefined,
      lastModified: new Date(runtime.now()),
      lastResult: 'No records processed',
      progress: undefined,
    };
    this.#begin(mapping, 'Creating');
    this.mappings.set(uuid, mapping);
    this.#changed();
    return mapping;
  }

  /** @throws AwsError ResourceNotFoundException, 404 */
  get(uuid: string): EventSourceMapping {
    const found = this.find(uuid);
    if (found === undefined) throw notFound('The resource you requested does not exist.');
    return found;
  }

  find(uuid: string): EventSourceMapping | undefined {
    const found = this.mappings.get(uuid);
    if (found === undefined || !isGone(found, this.now)) return found;
    this.mappings.delete(uuid);
    return undefined;
  }

  /** Those of a source and of a function, if they are given. */
  list(sourceArn?: string, functionName?: string): EventSourceMapping[] {
    const name = functionName === undefined ? undefined : this.#functions.parse(functionName).name;
    return [...this.mappings.keys()]
      .map((uuid) => this.find(uuid))
      .filter((mapping) => mapping !== undefined)
      .filter(
        (mapping) =>
          (sourceArn === undefined || mapping.sourceArn === sourceArn) &&
          (name === undefined || this.#functions.parse(mapping.functionArn).name === name),
      );
  }

  /**
   * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
   * @throws AwsError like {@link create}; ResourceInUseException while the mapping changes
   */
  update(uuid: string, input: SettingsInput): EventSourceMapping {
    const mapping = this.#settled(uuid, 'update');
    const source = sourceOf(mapping.sourceArn);
    const settings = changedSettings(mapping.settings, input);
    const functionArn = input.FunctionName
      ? this.#functionArn(input.FunctionName)
      : mapping.functionArn;
    if (functionArn !== mapping.functionArn) {
      this.#requireRights(functionArn, source, settings.Destination);
      this.#requireNone(mapping.sourceArn, functionArn);
    } else if (settings.Destination !== mapping.settings.Destination) {
      this.#requireRights(functionArn, undefined, settings.Destination);
    }
    const isEnabled = input.Enabled ?? mapping.isEnabled;
    const isSwitched = isEnabled !== mapping.isEnabled;
    Object.assign(mapping, { settings, functionArn, isEnabled });
    const switching = isEnabled ? 'Enabling' : 'Disabling';
    this.#begin(mapping, isSwitched ? switching : 'Updating');
    this.#changed();
    return mapping;
  }

  /** @throws AwsError ResourceNotFoundException, 404; ResourceInUseException */
  delete(uuid: string): EventSourceMapping {
    const mapping = this.#settled(uuid, 'delete');
    this.#begin(mapping, 'Deleting');
    this.#changed();
    return mapping;
  }

  /** Ends a mapping's transition at once, for callers that wait for it. */
  settle(mapping: EventSourceMapping): void {
    const wasDeleting = mapping.transition?.state === 'Deleting';
    mapping.transition = undefined;
    if (!wasDeleting) return;
    this.mappings.delete(mapping.uuid);
    this.#changed();
  }

  /** The function that a mapping calls; undefined once it, or its version, is deleted. */
  targetOf({ functionArn }: Pick<EventSourceMapping, 'functionArn'>): Target | undefined {
    const { name, qualifier = '$LATEST' } = this.#functions.parse(functionArn);
    const lambda = this.#functions.functions.get(name);
    if (lambda === undefined || qualifier === '$LATEST') {
      return lambda && { lambda, version: undefined };
    }
    const version = lambda.versions.find((candidate) => candidate.version === qualifier);
    return version && { lambda, version };
  }

  get now(): number {
    return this.#runtime?.now() ?? Date.now();
  }

  #requireRuntime(): EventSourceRuntime {
    if (this.#runtime === undefined) throw unsupported('event source mappings without streams');
    return this.#runtime;
  }

  /** Begins a transition. The first time that a mapping is enabled, its position is fixed. */
  #begin(
    mapping: EventSourceMapping,
    state: NonNullable<EventSourceMapping['transition']>['state'],
  ): void {
    const runtime = this.#requireRuntime();
    mapping.transition = { state, until: runtime.now() + TRANSITION_MS };
    mapping.lastModified = new Date(runtime.now());
    if (!mapping.isEnabled || mapping.progress !== undefined) return;
    const source = sourceOf(mapping.sourceArn);
    const stream = describeSource(runtime, source);
    if (stream) mapping.progress = startOfStream(runtime, mapping, source, stream);
  }

  /** The ARN of the function that a request names, with its qualifier. */
  #functionArn(reference = ''): string {
    const { name, qualifier } = this.#functions.parse(reference);
    const arn = this.#functions.arnOf(name);
    const functionArn = qualifier === undefined ? arn : `${arn}:${qualifier}`;
    if (this.targetOf({ functionArn }) === undefined) {
      throw invalidParameter('Function does not exist');
    }
    return functionArn;
  }

  #requireRights(
    functionArn: string,
    source: Source | undefined,
    destination: string | undefined,
  ): void {
    const target = this.targetOf({ functionArn });
    const { Role } = (target?.version ?? target?.lambda)?.configuration ?? { Role: '' };
    const role = this.#requireRuntime().assumeRole(Role, this.scope);
    if (source) requireReading(role, source);
    if (destination !== undefined) requirePublishing(role, destination);
  }

  #requireNone(sourceArn: string, functionArn: string): void {
    const same = this.list(sourceArn).find((mapping) => mapping.functionArn === functionArn);
    if (same === undefined) return;
    const { name } = this.#functions.parse(functionArn);
    throw new AwsError(
      'ResourceConflictException',
      `The event source arn (" ${sourceArn} ") and function (" ${name} ") provided mapping already exists. ` +
        `Please update or delete the existing mapping with UUID ${same.uuid}`,
      { status: 409, details: { Type: 'User' } },
    );
  }

  /** The texts are those that users of AWS report. */
  #settled(uuid: string, change: 'update' | 'delete'): EventSourceMapping {
    const mapping = this.get(uuid);
    if (['Enabled', 'Disabled'].includes(stateOf(mapping, this.now))) return mapping;
    throw new AwsError(
      'ResourceInUseException',
      `Cannot ${change} the event source mapping because it is in use.`,
      { details: { Type: 'User' } },
    );
  }
}

/** @throws AwsError InvalidParameterValueException */
function startOf(input: NewMapping, now: number): StartingPosition {
  const { StartingPosition: type, StartingPositionTimestamp: timestamp } = input;
  if (type === undefined) {
    const missing = { path: 'startingPosition', value: undefined, constraint: NOT_NULL };
    // Lambda's code for this one differs from that of other constraints; its text ends with a period.
    throw invalidParameter(`${violationMessage([missing])}.`);
  }
  if (type !== 'AT_TIMESTAMP') return { type, timestamp: undefined };
  if (timestamp === undefined || timestamp > now) {
    throw invalidParameter(
      'StartingPosition AT_TIMESTAMP needs a StartingPositionTimestamp that is not in the future.',
    );
  }
  return { type, timestamp };
}
