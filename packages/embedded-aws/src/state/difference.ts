import { type ByteStore, encode } from './codec';
import type { JournalEntry } from './journal-line';
import type { Persistent, StateDocument } from './persistent';

/** A document as it is on disk. */
interface KnownDocument {
  readonly json: string;
  readonly stamp: object | undefined;
}

/** A service's documents and the names of its lists, as they are on disk. */
interface KnownService {
  readonly documents: Map<string, KnownDocument>;
  readonly lists: Set<string>;
}

/** Items of a list in one line of a rewritten journal. */
const ITEMS_A_LINE = 1000;

/** All documents as they are on disk. */
export class KnownDocuments {
  readonly #services = new Map<string, KnownService>();

  of(service: string): KnownService {
    const known = this.#services.get(service) ?? { documents: new Map(), lists: new Set() };
    this.#services.set(service, known);
    return known;
  }

  /** Everything, for a rewritten journal. */
  *entries(services: readonly Persistent[], bytes: ByteStore): Iterable<JournalEntry> {
    for (const service of services) {
      for (const [name, { json }] of this.of(service.name).documents) {
        yield { put: new Map([[name, json]]), added: new Map(), gone: [] };
      }
      for (const { key, items } of service.lists?.all() ?? []) {
        const name = nameOf(service, key);
        let line: string[] = [];
        for (const item of items) {
          line.push(jsonOf(item, bytes, name));
          if (line.length < ITEMS_A_LINE) continue;
          yield { put: new Map(), added: new Map([[name, line]]), gone: [] };
          line = [];
        }
        if (line.length > 0) yield { put: new Map(), added: new Map([[name, line]]), gone: [] };
      }
    }
  }
}

/** The difference between services and their documents on disk. */
export class Difference implements JournalEntry {
  readonly put = new Map<string, string>();
  readonly added = new Map<string, string[]>();
  readonly gone: string[] = [];
  readonly #known: KnownDocuments;
  readonly #bytes: ByteStore;
  readonly #notes: (() => void)[] = [];

  constructor(known: KnownDocuments, bytes: ByteStore) {
    this.#known = known;
    this.#bytes = bytes;
  }

  get isEmpty(): boolean {
    return this.put.size === 0 && this.added.size === 0 && this.gone.length === 0;
  }

  /** Compares a service. @throws TypeError for a value that cannot be written; the system's error */
  look(service: Persistent): void {
    const { documents } = this.#known.of(service.name);
    const found = new Set<string>();
    for (const document of service.documents()) {
      const name = nameOf(service, document.key);
      found.add(name);
      this.#compare(documents, name, document);
    }
    for (const name of documents.keys()) {
      if (found.has(name)) continue;
      this.gone.push(name);
      this.#notes.push(() => documents.delete(name));
    }
    if (service.lists !== undefined) this.#lookAtLists(service);
  }

  /** The difference is on disk. */
  note(): void {
    for (const note of this.#notes) note();
  }

  #compare(
    documents: Map<string, KnownDocument>,
    name: string,
    { value, stamp }: StateDocument,
  ): void {
    const known = documents.get(name);
    if (stamp !== undefined && known?.stamp === stamp) return;
    const json = jsonOf(value(), this.#bytes, name);
    if (known?.json !== json) this.put.set(name, json);
    else if (known.stamp === stamp) return;
    this.#notes.push(() => documents.set(name, { json, stamp }));
  }

  #lookAtLists(service: Persistent): void {
    const { lists } = this.#known.of(service.name);
    const there = new Set<string>();
    for (const { key } of service.lists?.all() ?? []) there.add(nameOf(service, key));
    for (const { key, items } of service.lists?.added() ?? []) {
      const name = nameOf(service, key);
      // Added to a list that has since been removed.
      if (!there.has(name)) continue;
      this.added.set(
        name,
        [...items].map((item) => jsonOf(item, this.#bytes, name)),
      );
      this.#notes.push(() => lists.add(name));
    }
    for (const name of lists) {
      if (there.has(name)) continue;
      this.gone.push(name);
      this.#notes.push(() => lists.delete(name));
    }
    this.#notes.push(() => service.lists?.noted());
  }
}

const nameOf = ({ name }: Persistent, key: readonly string[]): string =>
  JSON.stringify([name, ...key]);

const jsonOf = (value: unknown, bytes: ByteStore, name: string): string =>
  JSON.stringify(encode(value, bytes, name));
