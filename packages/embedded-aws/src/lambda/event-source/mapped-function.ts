import { randomUUID } from 'node:crypto';
import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { eventBytes, MAX_EVENT_BYTES } from './batches';
import type { CallResult } from './delivery';
import type { EventRecord } from './event';
import type { EventSourceMapping } from './mapping';
import type { EventSourceRuntime } from './runtime';
import type { MappingStore, Target } from './store';

/** Runs a function for an event. @throws AwsError if it cannot be run */
export type RunFunction = (
  target: Target,
  store: MappingStore,
  requestId: string,
  event: unknown,
) => Promise<{ readonly payload: string; readonly failed: boolean }>;

/** The function of a mapping: what it is now, whatever it was when the mapping was made. */
export class MappedFunction {
  readonly #mapping: EventSourceMapping;
  readonly #store: MappingStore;
  readonly #runtime: EventSourceRuntime;
  readonly #run: RunFunction;

  constructor(
    mapping: EventSourceMapping,
    store: MappingStore,
    runtime: EventSourceRuntime,
    run: RunFunction,
  ) {
    this.#mapping = mapping;
    this.#store = store;
    this.#runtime = runtime;
    this.#run = run;
  }

  /** Differs after each change of the function, and once it is gone. */
  get revision(): string | undefined {
    const target = this.#store.targetOf(this.#mapping);
    return (target?.version ?? target?.lambda)?.revisionId;
  }

  get roleArn(): string {
    const { lambda, version } = this.#target();
    return (version ?? lambda).configuration.Role;
  }

  /** The session of the function's role. @throws AwsError without a function, or without its role */
  role(): Caller {
    return this.#runtime.assumeRole(this.roleArn, this.#store.scope);
  }

  /** @throws AwsError if there is no function that could be called */
  async call(records: readonly EventRecord[]): Promise<CallResult> {
    const target = this.#target();
    const requestId = randomUUID();
    const version = target.version?.version ?? '$LATEST';
    const bytes = eventBytes(records);
    // Lambda does not take such an event: a record of more than about 4.5 MB.
    if (bytes > MAX_EVENT_BYTES) return { requestId, version, failed: true, payload: 'null' };
    const age = this.#runtime.now() - (records.at(-1)?.record.arrivedAt ?? 0);
    this.#runtime.measureAge(this.#store.scope, target.lambda.name, Math.max(0, age));
    const event = { Records: records.map(({ view }) => view) };
    const { payload, failed } = await this.#run(target, this.#store, requestId, event);
    return { requestId, version, payload, failed };
  }

  #target(): Target {
    const target = this.#store.targetOf(this.#mapping);
    if (target !== undefined) return target;
    throw new AwsError(
      'ResourceNotFoundException',
      `Function not found: ${this.#mapping.functionArn}`,
      { status: 404 },
    );
  }
}
