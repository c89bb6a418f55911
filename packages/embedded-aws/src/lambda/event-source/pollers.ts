import type { Regional } from '../../core/regional';
import { MappedFunction, type RunFunction } from './mapped-function';
import { isActive } from './mapping';
import { Poller } from './poller';
import type { EventSourceRuntime } from './runtime';
import type { MappingStore } from './store';

/** The pollers of all mappings that are enabled. Without any, nothing runs. */
export class Pollers {
  readonly #stores: Regional<MappingStore>;
  readonly #runtime: EventSourceRuntime;
  readonly #run: RunFunction;
  /** By the UUID of the mapping. One that is stopping is still in it. */
  readonly #pollers = new Map<string, Poller>();
  #isRunning = false;

  constructor(stores: Regional<MappingStore>, runtime: EventSourceRuntime, run: RunFunction) {
    this.#stores = stores;
    this.#runtime = runtime;
    this.#run = run;
  }

  start(): void {
    this.#isRunning = true;
    this.follow();
  }

  /** Starts and stops pollers, after mappings have changed. */
  follow(): void {
    if (!this.#isRunning) return;
    const active = new Set<string>();
    for (const store of this.#stores.all()) {
      for (const mapping of store.mappings.values()) {
        if (!isActive(mapping)) continue;
        active.add(mapping.uuid);
        if (!this.#pollers.has(mapping.uuid)) {
          const target = new MappedFunction(mapping, store, this.#runtime, this.#run);
          this.#add(mapping.uuid, new Poller(mapping, target, this.#runtime));
        }
      }
    }
    for (const [uuid, poller] of this.#pollers) if (!active.has(uuid)) poller.stop();
  }

  /** Stops all pollers. Resolves when none of them does anything any more. */
  async close(): Promise<void> {
    this.#isRunning = false;
    for (const poller of this.#pollers.values()) poller.stop();
    await Promise.all([...this.#pollers.values()].map(({ ended }) => ended));
  }

  #add(uuid: string, poller: Poller): void {
    this.#pollers.set(uuid, poller);
    poller.ended.then(() => {
      this.#pollers.delete(uuid);
      // It may have been enabled again meanwhile.
      this.follow();
    });
  }
}
