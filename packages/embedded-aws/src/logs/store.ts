import { partitionOf, type Scope } from '../core/caller';
import { AwsError } from '../core/errors';
import { type Input, invalidParameter, requiredText, text } from './input';
import { LogGroup, type NoteEvent, RETENTION_DAYS } from './log-group';

const NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const RETENTIONS: ReadonlySet<number> = new Set(RETENTION_DAYS);

/** The log groups of one account in one region. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  readonly #prefix: string;
  readonly #note: NoteEvent | undefined;

  /** @param note told of each event in any of the groups */
  constructor({ accountId, region }: Scope, note?: NoteEvent) {
    this.#note = note;
    this.#prefix = `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:`;
  }

  /** The group's ARN, without the `:*` that stands for its streams. */
  arnOf(name: string): string {
    return this.#prefix + name;
  }

  /** @throws AwsError ResourceAlreadyExistsException, InvalidParameterException */
  create(name: string, tags?: ReadonlyMap<string, string>): LogGroup {
    if (!NAME.test(name)) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
      );
    }
    if (this.groups.has(name)) {
      throw new AwsError(
        'ResourceAlreadyExistsException',
        'The specified log group already exists',
      );
    }
    return this.#add(name, tags);
  }

  /** Puts back a group as it was, without its streams. */
  restore(
    name: string,
    { created, tags, retentionInDays }: Pick<LogGroup, 'created' | 'tags' | 'retentionInDays'>,
  ): LogGroup {
    const group = this.#add(name, tags, created);
    group.retentionInDays = retentionInDays;
    return group;
  }

  #add(name: string, tags?: ReadonlyMap<string, string>, created?: number): LogGroup {
    const group = new LogGroup(name, this.arnOf(name), tags, this.#note, created);
    this.groups.set(name, group);
    return group;
  }

  /** @throws AwsError ResourceNotFoundException */
  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (group === undefined) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return group;
  }

  /** The group that `logGroupName` or `logGroupIdentifier` names. */
  groupOf(input: Input): LogGroup {
    return this.group(this.nameOf(input));
  }

  nameOf(input: Input): string {
    const identifier = text(input, 'logGroupIdentifier');
    if (identifier === undefined) return requiredText(input, 'logGroupName');
    return identifier.startsWith(this.#prefix)
      ? identifier.slice(this.#prefix.length).replace(/:\*$/, '')
      : identifier;
  }

  /** @throws AwsError InvalidParameterException for days that AWS does not take */
  setRetention(group: LogGroup, days: number | undefined): void {
    if (days !== undefined && !RETENTIONS.has(days)) {
      throw invalidParameter(
        `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
      );
    }
    group.retentionInDays = days;
    group.expire();
  }
}
