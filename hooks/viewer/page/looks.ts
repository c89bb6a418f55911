import { shortShardId, type Zone } from '../format/time';
import type { KeyPlace, Positions, ShardView } from '../protocol';
import type { Colours } from './colours';
import { byId, element, paced, segments } from './dom';
import { drawKeySpace } from './key-space';
import { loadsOf } from './loads';
import { binAt, drawRates, type RateView, rateSummary } from './rate-chart';
import { shardRows } from './shard-rows';
import type { Bin, Bins, Measure, Traffic } from './traffic';

const RECENT_SECONDS = 300;
const LEAST_SECONDS = 60;
/** Often enough to look alive, seldom enough to leave the machine alone. */
const DRAW_EVERY_MS = 250;
const NOTHING: Bin = new Map();

/** The drawings: shards in the space of hash keys, and traffic over time. */
export class Looks {
  zone: Zone = 'local';
  positions: Positions = {};
  /** Which shards are read: of all of them, traffic can be compared. */
  readsAll = true;
  readonly #traffic: Traffic;
  readonly #colours: Colours;
  readonly #onChoose: (shardId: string) => void;
  readonly #keySpace = byId('key-space', 'div');
  readonly #chart = byId('rate-chart', 'div');
  readonly #rangeSegments = segments('range', (range) => this.#setRange(range));
  #shards: readonly ShardView[] = [];
  #place: KeyPlace | undefined;
  #measure: Measure = 'records';
  #recent = false;
  #bins: Bins | undefined;
  #inspected: number | undefined;

  constructor(traffic: Traffic, colours: Colours, onChoose: (shardId: string) => void) {
    this.#traffic = traffic;
    this.#colours = colours;
    this.#onChoose = onChoose;
    segments('measure', (measure) => {
      this.#measure = measure === 'bytes' ? 'bytes' : 'records';
      const unit = this.#measure === 'bytes' ? 'Bytes' : 'Records';
      byId('rates-title', 'h2').textContent = `${unit} a second`;
      this.draw();
    });
    const inspect = (index: number | undefined) => {
      this.#inspected = index;
      this.#drawRates();
    };
    this.#chart.addEventListener('pointermove', ({ clientX }) =>
      inspect(this.#bins && binAt(this.#chart, clientX, this.#bins)),
    );
    this.#chart.addEventListener('pointerleave', () => inspect(undefined));
    this.#chart.addEventListener('blur', () => inspect(undefined));
    this.#chart.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.draw()).observe(this.#chart);
  }

  /** Draws what has changed, soon. */
  readonly draw: () => void = paced(() => this.#draw(), DRAW_EVERY_MS);

  setShards(shards: readonly ShardView[]): void {
    this.#shards = shards;
    // Colours go by the shards' order, so that they are the same at every look.
    for (const { id } of [...shards].sort((a, b) => Number(a.closed) - Number(b.closed))) {
      this.#colours.of(id);
    }
    this.#place = undefined;
    this.draw();
  }

  mark(place: KeyPlace | undefined): void {
    this.#place = place;
    this.draw();
  }

  /** While records arrive, the last minutes are of interest. */
  showRecent(recent: boolean): void {
    this.#rangeSegments.show(recent ? 'recent' : 'all');
    this.#setRange(recent ? 'recent' : 'all');
  }

  #setRange(range: string): void {
    this.#recent = range === 'recent';
    this.#inspected = undefined;
    this.draw();
  }

  #draw(): void {
    const now = Math.floor(Date.now() / 1000);
    const range = this.#recent ? this.#recentRange(now) : undefined;
    const totals = this.#traffic.totals(range?.from);
    this.#bins = this.#traffic.bins(range);
    const loads = loadsOf(this.#shards, this.readsAll ? totals : NOTHING);
    drawKeySpace(this.#keySpace, loads, this.#colours, this.#place?.hashKey, this.#onChoose);
    byId('shard-rows', 'tbody').replaceChildren(
      ...shardRows(this.#shards, {
        loads,
        totals,
        positions: this.positions,
        zone: this.zone,
        colours: this.#colours,
        onChoose: this.#onChoose,
      }),
    );
    byId('shards-note', 'p').textContent = this.#note();
    this.#drawLegend(totals);
    this.#drawRates();
  }

  /** The last minutes, as far as something was read: a chart that begins empty says less. */
  #recentRange(now: number): { from: number; to: number } {
    const first = this.#traffic.first ?? now;
    return { from: Math.max(now - RECENT_SECONDS, Math.min(first, now - LEAST_SECONDS)), to: now };
  }

  #note(): string {
    if (this.#shards.length === 0) return '';
    const closed = this.#shards.filter((shard) => shard.closed).length;
    const open = `${this.#shards.length - closed} open${closed > 0 ? `, ${closed} closed` : ''}`;
    return this.readsAll
      ? `${open} · width: keys, height: load`
      : `${open} · read all shards to see the load`;
  }

  #drawRates(): void {
    const view: RateView = {
      bins: this.#bins,
      measure: this.#measure,
      zone: this.zone,
      inspected: this.#inspected,
    };
    drawRates(this.#chart, view, this.#colours);
    byId('rate-reading', 'p').textContent = this.#bins === undefined ? '' : rateSummary(view);
  }

  #drawLegend(totals: Bin): void {
    const ids = [...totals.keys()].sort();
    const own = ids.filter((id) => this.#colours.isOwn(id));
    const items = own.map((id) => legendItem(this.#colours.of(id), shortShardId(id)));
    const others = ids.length - own.length;
    if (others > 0) items.push(legendItem('series-other', `${others} more`));
    byId('legend', 'ul').replaceChildren(...items);
  }

  #onKey(event: KeyboardEvent): void {
    const last = (this.#bins?.bins.length ?? 0) - 1;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || last < 0) return;
    event.preventDefault();
    const from = this.#inspected ?? (step > 0 ? -1 : last + 1);
    this.#inspected = Math.max(0, Math.min(last, from + step));
    this.#drawRates();
  }
}

function legendItem(series: string, name: string): HTMLLIElement {
  return element('li', '', element('i', `swatch ${series}`), name);
}
