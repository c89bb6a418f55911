import { partitionOf, type Scope } from '../core/caller';
import { AwsError } from '../core/errors';
import { memberViolations } from '../core/shapes/constraints';
import { constraintError, NOT_NULL, oneOf } from '../core/validation';
import { alreadyExists, INVALID_PARAMETER, notFound } from './errors';
import { type EventSinks, LogGroup, RETENTION_DAYS } from './log-group';
import { logGroupName } from './members';
import { MetricFilter, type WrittenMetricFilter } from './metric-filter';

const RETENTIONS: ReadonlySet<number> = new Set(RETENTION_DAYS);

/** How requests name a group. */
export interface GroupReference {
  readonly logGroupName?: string;
  /** The name, or the ARN. */
  readonly logGroupIdentifier?: string;
}

/** A group as it is written down, without its streams. */
export interface WrittenGroup extends Pick<LogGroup, 'created' | 'tags' | 'retentionInDays'> {
  readonly metricFilters?: readonly WrittenMetricFilter[];
}

/** The log groups of one account in one region. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  readonly #prefix: string;
  readonly #sinks: EventSinks;

  /** @param sinks called with each event of any group */
  constructor({ accountId, region }: Scope, sinks: EventSinks = {}) {
    this.#sinks = sinks;
    this.#prefix = `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:`;
  }

  /** The group's ARN, without the `:*` that stands for its streams. */
  arnOf(name: string): string {
    return this.#prefix + name;
  }

  /** @throws AwsError ResourceAlreadyExistsException, InvalidParameterException */
  create(name: string, tags?: ReadonlyMap<string, string>): LogGroup {
    const violations = memberViolations('logGroupName', logGroupName, name);
    if (violations.length > 0) throw constraintError(INVALID_PARAMETER, violations);
    if (this.groups.has(name)) throw alreadyExists('group');
    return this.#add(name, tags);
  }

  /** Puts back a group as it was, without its streams. */
  restore(
    name: string,
    { created, tags, retentionInDays, metricFilters = [] }: WrittenGroup,
  ): LogGroup {
    const group = this.#add(name, tags, created);
    group.retentionInDays = retentionInDays;
    for (const filter of metricFilters) {
      group.metricFilters.set(filter.name, new MetricFilter(filter));
    }
    return group;
  }

  #add(name: string, tags?: ReadonlyMap<string, string>, created?: number): LogGroup {
    const group = new LogGroup(name, this.arnOf(name), tags, this.#sinks, created);
    this.groups.set(name, group);
    return group;
  }

  /** @throws AwsError ResourceNotFoundException */
  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (group === undefined) throw notFound('group');
    return group;
  }

  /** The group that `logGroupName` or `logGroupIdentifier` names. */
  groupOf(reference: GroupReference): LogGroup {
    return this.group(this.nameOf(reference));
  }

  /** @throws AwsError InvalidParameterException when the reference has neither; ValidationException when it has both */
  nameOf({ logGroupName: name, logGroupIdentifier }: GroupReference): string {
    if (name !== undefined && logGroupIdentifier !== undefined) {
      throw new AwsError(
        'ValidationException',
        'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
      );
    }
    const identifier = logGroupIdentifier ?? name;
    if (identifier === undefined) {
      const violation = { path: 'logGroupName', value: undefined, constraint: NOT_NULL };
      throw constraintError(INVALID_PARAMETER, violation);
    }
    return identifier.startsWith(this.#prefix) ? identifier.slice(this.#prefix.length) : identifier;
  }

  /** @throws AwsError InvalidParameterException for days that AWS does not take */
  setRetention(group: LogGroup, days: number | undefined): void {
    if (days !== undefined && !RETENTIONS.has(days)) {
      const constraint = oneOf(RETENTION_DAYS.map(String));
      const violation = { path: 'retentionInDays', value: String(days), constraint };
      throw constraintError(INVALID_PARAMETER, violation);
    }
    group.retentionInDays = days;
    group.expire();
  }
}
