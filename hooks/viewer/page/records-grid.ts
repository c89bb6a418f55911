import { sizeText } from '../format/content';
import { eventPreview } from '../format/event';
import { visible } from '../format/printable';
import { contentsOf, type StreamRecord } from '../format/record';
import { localTime, shortShardId, utcTime, type Zone } from '../format/time';
import type { Colours } from './colours';
import { byId, element, paced } from './dom';

/** Rows kept above and below what is seen, so that scrolling shows no gaps. */
const SPARE = 8;

const COLUMNS = [
  ['arrived', 'Arrived'],
  ['shard', 'Shard'],
  ['key', 'Partition key'],
  ['data', 'Data'],
  ['size', 'Size'],
] as const;

export interface GridActions {
  /** Another record is the chosen one; undefined for none. */
  readonly onSelect: (record: StreamRecord | undefined) => void;
  /** The chosen record is to be looked at closely. */
  readonly onOpen: (record: StreamRecord) => void;
}

/** The list of records; only rows that are seen exist, so that their number does not matter. */
export class RecordsGrid {
  zone: Zone = 'local';
  readonly #grid = byId('grid', 'div');
  readonly #rows = element('div', 'rows');
  readonly #colours: Colours;
  readonly #actions: GridActions;
  #records: readonly StreamRecord[] = [];
  #selected: StreamRecord | undefined;
  #rowHeight = 26;

  constructor(colours: Colours, actions: GridActions) {
    this.#colours = colours;
    this.#actions = actions;
    this.#build();
    const draw = paced(() => this.#draw());
    this.#grid.addEventListener('scroll', draw);
    new ResizeObserver(draw).observe(this.#grid);
    this.#grid.addEventListener('keydown', (event) => this.#onKey(event));
    this.#rows.addEventListener('click', (event) => this.#onClick(event));
  }

  #build(): void {
    const head = element('div', 'row head');
    head.setAttribute('role', 'row');
    for (const [name, title] of COLUMNS) {
      const created = element('span', `cell ${name}`, title);
      created.setAttribute('role', 'columnheader');
      head.append(created);
    }
    this.#rows.setAttribute('role', 'rowgroup');
    this.#grid.setAttribute('role', 'grid');
    this.#grid.setAttribute('aria-label', 'Records');
    this.#grid.tabIndex = 0;
    this.#grid.append(head, this.#rows);
  }

  /** Shows these; at the end of the list it stays there if `stick` says so. */
  show(records: readonly StreamRecord[], stick: boolean): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#grid;
    const wasAtEnd = scrollHeight - scrollTop - clientHeight < this.#rowHeight * 2;
    this.#records = records;
    if (this.#selected !== undefined && !records.includes(this.#selected)) this.select(undefined);
    this.#draw();
    if (stick && wasAtEnd) this.#grid.scrollTop = this.#grid.scrollHeight;
  }

  select(record: StreamRecord | undefined): void {
    if (record === this.#selected) return;
    this.#selected = record;
    this.#actions.onSelect(record);
    this.#draw();
  }

  /** Chooses a record and moves the list to it, with others before and after it. */
  reveal(record: StreamRecord): void {
    const index = this.#records.indexOf(record);
    if (index === -1) return;
    this.#grid.scrollTop = index * this.#rowHeight - this.#grid.clientHeight / 2;
    this.#goTo(index);
  }

  focus(): void {
    this.#grid.focus();
  }

  #draw(): void {
    const measured = Number.parseFloat(
      getComputedStyle(this.#grid).getPropertyValue('--row-height'),
    );
    this.#rowHeight = Number.isNaN(measured) ? 26 : measured;
    const count = this.#records.length;
    this.#rows.style.height = `${count * this.#rowHeight}px`;
    this.#grid.setAttribute('aria-rowcount', String(count + 1));
    const { scrollTop, clientHeight } = this.#grid;
    const first = Math.max(0, Math.floor(scrollTop / this.#rowHeight) - SPARE);
    const last = Math.min(count, Math.ceil((scrollTop + clientHeight) / this.#rowHeight) + SPARE);
    const rows: HTMLElement[] = [];
    for (let index = first; index < last; index++) {
      const record = this.#records[index];
      if (record !== undefined) rows.push(this.#row(record, index));
    }
    this.#rows.replaceChildren(...rows);
    const selected = this.#rows.querySelector('[aria-selected="true"]');
    if (selected === null) this.#grid.removeAttribute('aria-activedescendant');
    else this.#grid.setAttribute('aria-activedescendant', selected.id);
  }

  #row(record: StreamRecord, index: number): HTMLElement {
    const time = this.zone === 'utc' ? utcTime(record.arrivedAt) : localTime(record.arrivedAt);
    const swatch = element('i', `swatch ${this.#colours.of(record.shardId)}`);
    const row = element(
      'div',
      index % 2 === 0 ? 'row' : 'row odd',
      cell('arrived', element('span', 'date', `${time.slice(0, 10)} `), time.slice(11)),
      cell('shard', swatch, shortShardId(record.shardId)),
      cell('key', element('bdi', '', visible(record.partitionKey))),
      contentsOf(record).length === 0
        ? cell('data none', '(empty)')
        : cell('data', element('bdi', '', eventPreview(contentsOf(record)))),
      cell('size', sizeText(record.data.length)),
    );
    row.id = `row-${index}`;
    row.dataset.index = String(index);
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', String(index + 2));
    row.setAttribute('aria-selected', String(record === this.#selected));
    row.style.transform = `translateY(${index * this.#rowHeight}px)`;
    return row;
  }

  #onClick(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('.row');
    const record = this.#records[Number(row?.dataset.index)];
    if (record === undefined) return;
    this.select(record);
    this.#actions.onOpen(record);
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#grid.clientHeight / this.#rowHeight) - 2);
    const last = this.#records.length - 1;
    const current = this.#selected === undefined ? -1 : this.#records.indexOf(this.#selected);
    const target = targetOf(event.key, current, page, last);
    if (target !== undefined) {
      event.preventDefault();
      this.#goTo(Math.max(0, Math.min(last, target)));
    } else if (event.key === 'Enter' && this.#selected !== undefined) {
      event.preventDefault();
      this.#actions.onOpen(this.#selected);
    }
  }

  #goTo(index: number): void {
    const record = this.#records[index];
    if (record === undefined) return;
    const top = index * this.#rowHeight;
    // The list's head covers the first row's height of what is scrolled.
    const bottom = top + this.#rowHeight * 2 - this.#grid.clientHeight;
    if (top < this.#grid.scrollTop) this.#grid.scrollTop = top;
    else if (bottom > this.#grid.scrollTop) this.#grid.scrollTop = bottom;
    this.select(record);
  }
}

function targetOf(key: string, current: number, page: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current === -1 ? last : current - 1;
    case 'PageDown':
      return current + page;
    case 'PageUp':
      return current - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function cell(className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const created = element('span', `cell ${className}`, ...children);
  created.setAttribute('role', 'gridcell');
  return created;
}
