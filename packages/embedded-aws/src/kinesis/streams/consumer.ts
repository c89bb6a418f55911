import type { Subscription } from './subscription';

export type ConsumerStatus = 'CREATING' | 'ACTIVE' | 'DELETING';

/** The initial state of a registered consumer. */
export interface ConsumerSettings {
  readonly name: string;
  readonly streamArn: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly activeAt: number;
}

/** A consumer with enhanced fan-out. */
export class Consumer {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  /** By shard index: a consumer has at most one subscription to a shard. */
  readonly subscriptions = new Map<number, Subscription>();
  policy: string | undefined;
  readonly #activeAt: number;
  #goneAt: number | undefined;

  constructor(settings: ConsumerSettings) {
    this.name = settings.name;
    this.streamArn = settings.streamArn;
    this.createdAt = settings.createdAt;
    this.arn = `${settings.streamArn}/consumer/${settings.name}:${this.createdSecond}`;
    this.tags = new Map(settings.tags);
    this.#activeAt = settings.activeAt;
  }

  get createdSecond(): number {
    return Math.floor(this.createdAt / 1000);
  }

  status(now: number): ConsumerStatus {
    if (this.#goneAt !== undefined) return 'DELETING';
    return now < this.#activeAt ? 'CREATING' : 'ACTIVE';
  }

  isGone(now: number): boolean {
    return this.#goneAt !== undefined && now >= this.#goneAt;
  }

  get activeAt(): number {
    return this.#activeAt;
  }

  /** When the deletion completes, in milliseconds since 1970; undefined unless DELETING. */
  get goneAt(): number | undefined {
    return this.#goneAt;
  }

  delete(goneAt: number): void {
    this.#goneAt ??= goneAt;
  }
}
