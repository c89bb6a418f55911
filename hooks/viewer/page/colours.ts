/** The number of distinct shard colours; more would look alike. */
const COLOURS = 8;

/** Gives shards colours, and leaves them theirs as long as the stream is looked at. */
export class Colours {
  readonly #given = new Map<string, number>();

  clear(): void {
    this.#given.clear();
  }

  /** The class that colours a shard: `series-1` to `series-8`, or `series-other`. */
  of(shardId: string): string {
    const given = this.#given.get(shardId);
    if (given !== undefined) return `series-${given}`;
    if (this.#given.size >= COLOURS) return 'series-other';
    this.#given.set(shardId, this.#given.size + 1);
    return `series-${this.#given.size}`;
  }

  isOwn(shardId: string): boolean {
    return this.#given.has(shardId);
  }
}
