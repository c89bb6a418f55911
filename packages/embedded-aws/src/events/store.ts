import { partitionOf, type Scope } from '../core/caller';
import { AwsError } from '../core/errors';

type Members = Readonly<Record<string, unknown>>;

/** A rule on the default event bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** Members as DescribeRule answers them. */
  readonly settings: Members;
  /** Members as ListTargetsByRule answers them. */
  readonly targets: readonly Members[];
  readonly tags: ReadonlyMap<string, string>;
}

/** The only event bus: AWS has it in every account. */
export const DEFAULT_BUS = 'default';

/** The rules of one account in one region. */
export class EventsStore {
  readonly rules = new Map<string, Rule>();
  readonly #prefix: string;

  constructor({ accountId, region }: Scope) {
    this.#prefix = `arn:${partitionOf(region)}:events:${region}:${accountId}:`;
  }

  get busArn(): string {
    return `${this.#prefix}event-bus/${DEFAULT_BUS}`;
  }

  arnOf(name: string): string {
    return `${this.#prefix}rule/${name}`;
  }

  /**
   * @param bus name or ARN of the event bus, the default one unless it is given
   * @throws AwsError ResourceNotFoundException
   */
  rulesOn(bus = DEFAULT_BUS): ReadonlyMap<string, Rule> {
    if (bus === DEFAULT_BUS || bus === this.busArn) return this.rules;
    throw notFound(`Event bus ${bus} does not exist.`);
  }

  /** @throws AwsError ResourceNotFoundException */
  rule(name: string, bus?: string): Rule {
    const rule = this.rulesOn(bus).get(name);
    if (rule === undefined) throw noSuchRule(name);
    return rule;
  }

  /** @throws AwsError ResourceNotFoundException */
  ruleWithArn(arn: string): Rule {
    const rule = [...this.rules.values()].find((candidate) => candidate.arn === arn);
    if (rule === undefined) throw noSuchRule(arn.slice(arn.lastIndexOf('/') + 1));
    return rule;
  }
}

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);

const noSuchRule = (name: string) =>
  notFound(`Rule ${name} does not exist on EventBus ${DEFAULT_BUS}.`);
