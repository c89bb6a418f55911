import type { Regional } from '../core/regional';
import {
  asWritten,
  type Persistent,
  type PersistentLists,
  type StateDocument,
  type StateList,
  type StoredDocument,
} from '../state/persistent';
import type { LogEvent, LogGroup, LogStream, NoteEvent } from './log-group';
import type { LogStore, WrittenGroup } from './store';

/** State of CloudWatch Logs that survives a restart: groups, streams, and events as lists. */
export class LogsState implements Persistent {
  readonly name = 'logs';
  readonly stores: Regional<LogStore>;
  /** Events since the last write; undefined without persistence, so that they do not pile up. */
  #added: Map<LogStream, LogEvent[]> | undefined;

  /** @param createStores makes the stores of a service, which call it with each event */
  constructor(createStores: (note: NoteEvent) => Regional<LogStore>) {
    this.stores = createStores((stream, event) => this.#note(stream, event));
  }

  *documents(): Iterable<StateDocument> {
    for (const [{ accountId, region }, { groups }] of this.stores.entries()) {
      for (const group of groups.values()) {
        const { name } = group;
        const key = (kind: string, ...names: string[]) => [kind, accountId, region, name, ...names];
        yield { key: key('groups'), value: () => writtenGroup(group) };
        for (const { events, ...stream } of group.streams.values()) {
          yield { key: key('streams', stream.id), value: () => stream };
        }
      }
    }
  }

  restore(documents: readonly StoredDocument[]): void {
    this.#added = new Map();
    for (const { key, value } of documents) {
      const [kind, accountId = '', region = '', name = ''] = key;
      const store = this.stores.in({ accountId, region });
      if (kind === 'groups') store.restore(name, asWritten(value));
      else if (kind === 'streams') restoreStream(store.group(name), asWritten(value));
      else throw new Error(`unknown document ${key.join('/')}`);
    }
  }

  readonly lists: PersistentLists = {
    all: () => this.#lists(({ events }) => events),
    added: () => this.#lists((stream) => this.#added?.get(stream)),
    noted: () => this.#added?.clear(),
    restore: (key, items) => {
      const [accountId = '', region = '', name = '', id = ''] = key;
      const group = this.stores.in({ accountId, region }).group(name);
      const stream = [...group.streams.values()].find((candidate) => candidate.id === id);
      if (stream === undefined) throw new Error(`events of no log stream ${key.join('/')}`);
      for (const item of items) group.restore(stream, asWritten(item));
      group.expire();
    },
  };

  *#lists(eventsOf: (stream: LogStream) => readonly LogEvent[] | undefined): Iterable<StateList> {
    for (const [{ accountId, region }, { groups }] of this.stores.entries()) {
      for (const { name, streams } of groups.values()) {
        for (const stream of streams.values()) {
          const items = eventsOf(stream)?.map((event) => event.written());
          if (items !== undefined) yield { key: [accountId, region, name, stream.id], items };
        }
      }
    }
  }

  #note(stream: LogStream, event: LogEvent): void {
    const added = this.#added?.get(stream) ?? [];
    added.push(event);
    this.#added?.set(stream, added);
  }
}

const writtenGroup = ({
  created,
  tags,
  retentionInDays,
  metricFilters,
}: LogGroup): WrittenGroup => ({
  created,
  tags,
  retentionInDays,
  metricFilters: [...metricFilters.values()].map(({ written }) => written),
});

/** A log stream without its events; what is undefined is not written. */
interface WrittenStream extends Pick<LogStream, 'id' | 'name' | 'created'> {
  readonly lastIngestionTime?: number;
}

function restoreStream({ streams }: LogGroup, written: WrittenStream): void {
  streams.set(written.name, { lastIngestionTime: undefined, ...written, events: [] });
}
