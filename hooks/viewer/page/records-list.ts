import { filterOf } from '../format/filter';
import { byId, paced } from './dom';
import { exportLines } from './export';
import type { RecordStore } from './record-store';
import type { RecordsGrid } from './records-grid';

/** The state that decides the text of an empty list. */
export interface ListState {
  readonly stream: string;
  /** Undefined when the stage has streams, else the pattern that none of them matches. */
  readonly unmatched: string | undefined;
  readonly reading: 'not yet' | 'running' | 'following' | 'done';
}

const EMPTY: Readonly<Record<ListState['reading'], string>> = {
  'not yet': 'Choose where to start, then Get records.',
  running: 'Reading…',
  following: 'Waiting for records…',
  done: 'No records from the starting position up to now. Next records looks again; Follow live waits for them.',
};

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The list of records with what stands around it: count, filters, export. */
export class RecordsList {
  readonly #store: RecordStore;
  readonly #grid: RecordsGrid;
  readonly #state: () => ListState;
  readonly #text = byId('filter-text', 'input');
  readonly #key = byId('filter-key', 'input');
  readonly #export = byId('export', 'button');
  #filtering = new AbortController();

  constructor(store: RecordStore, grid: RecordsGrid, state: () => ListState) {
    this.#store = store;
    this.#grid = grid;
    this.#state = state;
    for (const field of [this.#text, this.#key]) {
      field.addEventListener('input', () => void this.#filter());
    }
    this.#export.addEventListener('click', () => {
      void exportLines(state().stream, store.shown, pause);
    });
  }

  /** Shows what has changed, with the next frame. */
  readonly show: () => void = paced(() => this.#show());

  focusFilter(): void {
    this.#text.focus();
  }

  filterByKey(key: string): void {
    this.#key.value = key;
    void this.#filter();
  }

  async #filter(): Promise<void> {
    this.#filtering.abort();
    this.#filtering = new AbortController();
    const [text, key] = [this.#text.value, this.#key.value];
    const wanted = filterOf({ ...(text !== '' && { text }), ...(key !== '' && { key }) });
    await this.#store.filter(wanted, pause, this.#filtering.signal);
    this.show();
  }

  #show(): void {
    const { all, shown, dropped } = this.#store;
    const state = this.#state();
    this.#grid.show(shown, state.reading === 'following');
    const isFiltered = this.#text.value !== '' || this.#key.value !== '';
    const some = isFiltered ? `${shown.length.toLocaleString('en')} of ` : '';
    const noun = all.length === 1 ? 'record' : 'records';
    const older = dropped === 0 ? '' : `, ${dropped.toLocaleString('en')} older dropped`;
    byId('count', 'p').textContent = `${some}${all.length.toLocaleString('en')} ${noun}${older}`;
    this.#export.disabled = shown.length === 0;
    const empty = byId('empty', 'p');
    empty.hidden = shown.length > 0;
    empty.textContent = all.length > 0 ? 'No record matches the filter.' : emptyText(state);
  }
}

function emptyText({ unmatched, reading }: ListState): string {
  if (unmatched === undefined) return EMPTY[reading];
  return `This stage has no streams yet: none matches its parameter streams, ${unmatched}. Create one, then reload this page.`;
}
