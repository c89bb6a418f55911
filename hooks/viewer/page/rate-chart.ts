import { sizeText } from '../format/content';
import { localTime, shortShardId, utcTime, type Zone } from '../format/time';
import type { Colours } from './colours';
import { svg } from './dom';
import { type Bins, type Measure, sumOf, WIDTHS } from './traffic';

const LEFT = 46;
const RIGHT = 4;
const TOP = 8;
const BOTTOM = 20;

/** The part of the chart that is shown. */
export interface RateView {
  readonly bins: Bins | undefined;
  readonly measure: Measure;
  readonly zone: Zone;
  /** Index of the bin that is read out. */
  readonly inspected: number | undefined;
}

/** Draws the traffic over time as bars, stacked by shard. */
export function drawRates(frame: HTMLElement, view: RateView, colours: Colours): void {
  const width = Math.max(frame.clientWidth, 160);
  const height = Math.max(frame.clientHeight, 120);
  const plot = height - TOP - BOTTOM;
  const drawing = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  const { bins, measure, zone, inspected } = view;
  const most = Math.max(...(bins?.bins ?? []).map((bin) => sumOf(bin, measure)), 0);
  const top = niceTop(most / (bins?.width ?? 1));
  for (const part of bins === undefined ? [0, 1] : [0, 0.5, 1]) {
    const at = TOP + plot * (1 - part);
    drawing.append(
      svg('line', { x1: LEFT, x2: width - RIGHT, y1: at, y2: at, class: 'rule' }),
      svg('text', { x: LEFT - 6, y: at + 4, class: 'axis end' }, amountText(top * part, measure)),
    );
  }
  if (bins !== undefined) {
    const step = (width - LEFT - RIGHT) / bins.bins.length;
    if (inspected !== undefined) {
      const x = LEFT + inspected * step;
      drawing.append(svg('rect', { x, y: TOP, width: step, height: plot, class: 'inspected' }));
    }
    for (const [series, path] of barPaths(bins, measure, plot / top, plot, step, colours)) {
      drawing.append(svg('path', { d: path, class: `bar ${series}` }));
    }
    for (const label of timeLabels(bins, step, width, zone)) {
      label.setAttribute('y', String(height - 5));
      drawing.append(label);
    }
  }
  if (bins === undefined) {
    const [x, y] = [(LEFT + width) / 2, TOP + plot / 2 + 4];
    drawing.append(
      svg('text', { x, y, class: 'middle' }, 'The chart shows the records that were read.'),
    );
  }
  describe(frame, view);
  frame.replaceChildren(drawing);
}

/** To those who do not see it, the chart is a slider through time. */
function describe(frame: HTMLElement, view: RateView): void {
  const last = (view.bins?.bins.length ?? 1) - 1;
  frame.tabIndex = 0;
  for (const [name, value] of Object.entries({
    role: 'slider',
    'aria-label': 'Traffic over time',
    'aria-valuemin': 0,
    'aria-valuemax': last,
    'aria-valuenow': view.inspected ?? last,
    'aria-valuetext': rateSummary(view),
  })) {
    frame.setAttribute(name, String(value));
  }
}

/** The bin under a point of the chart. */
export function binAt(frame: HTMLElement, clientX: number, bins: Bins): number | undefined {
  const { left, width } = frame.getBoundingClientRect();
  const step = (width - LEFT - RIGHT) / bins.bins.length;
  const index = Math.floor((clientX - left - LEFT) / step);
  return index >= 0 && index < bins.bins.length ? index : undefined;
}

/** One path a series: thousands of elements would make a slow drawing. */
function barPaths(
  { bins, width: seconds }: Bins,
  measure: Measure,
  scale: number,
  plot: number,
  step: number,
  colours: Colours,
): Map<string, string> {
  const paths = new Map<string, string>();
  const gap = step > 4 ? 1 : 0;
  bins.forEach((bin, index) => {
    const x = (LEFT + index * step).toFixed(2);
    const span = Math.max(step - gap, 0.5).toFixed(2);
    let base = 0;
    const sorted = [...bin].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [id, amount] of sorted) {
      const height = (amount[measure] / seconds) * scale;
      const y = TOP + plot - base - height;
      const series = colours.of(id);
      const bar = `M${x} ${y.toFixed(2)}h${span}v${height.toFixed(2)}h-${span}z`;
      paths.set(series, (paths.get(series) ?? '') + bar);
      base += height;
    }
  });
  return paths;
}

function timeLabels(
  { bins, start, width: seconds }: Bins,
  step: number,
  width: number,
  zone: Zone,
): SVGTextElement[] {
  const span = bins.length * seconds;
  const room = Math.max(2, Math.floor((width - LEFT) / 110));
  // At full minutes and hours rather than wherever the bars begin.
  const every = WIDTHS.find((length) => length >= span / room) ?? span;
  const labels: SVGTextElement[] = [];
  for (let index = 0; index < bins.length; index++) {
    const at = start + index * seconds;
    const x = LEFT + index * step;
    if (at % every !== 0 || x > width - 60) continue;
    labels.push(svg('text', { x, class: 'axis' }, timeText(at * 1000, span, seconds, zone)));
  }
  return labels;
}

/** The part of the time that distinguishes the labels. */
function timeText(ms: number, span: number, seconds: number, zone: Zone): string {
  const text = zone === 'utc' ? utcTime(ms) : localTime(ms);
  if (span > 2 * 86_400) return text.slice(5, seconds >= 86_400 ? 10 : 16);
  return seconds < 60 ? text.slice(11, 19) : text.slice(11, 16);
}

/** The next 1, 2 or 5 with zeros. */
function niceTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= value) ?? 10;
  return factor * power;
}

function amountText(value: number, measure: Measure): string {
  if (measure === 'bytes') return sizeText(Math.round(value));
  if (value >= 1_000) return `${Number((value / 1_000).toFixed(1))}k`;
  return String(Number(value.toFixed(value < 1 ? 2 : 1)));
}

/** The inspected bin in words, or the whole chart. */
export function rateSummary({ bins, measure, zone, inspected }: RateView): string {
  if (bins === undefined) return 'Nothing read yet';
  const unit = measure === 'records' ? 'records a second' : 'a second';
  if (inspected === undefined) {
    const most = Math.max(...bins.bins.map((bin) => sumOf(bin, measure))) / bins.width;
    return `At most ${amountText(most, measure)} ${unit}, ${binText(bins.width)} a bar`;
  }
  const bin = bins.bins[inspected] ?? new Map();
  const at = (bins.start + inspected * bins.width) * 1000;
  const time = (zone === 'utc' ? utcTime(at) : localTime(at)).slice(0, 19);
  const shards = [...bin]
    .sort(([, a], [, b]) => b[measure] - a[measure])
    .slice(0, 4)
    .map(
      ([id, amount]) => `${shortShardId(id)}: ${amountText(amount[measure] / bins.width, measure)}`,
    );
  const total = amountText(sumOf(bin, measure) / bins.width, measure);
  return `${time}  ${total} ${unit}${shards.length === 0 ? '' : ` (${shards.join(', ')})`}`;
}

function binText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${seconds / 60} min`;
  return seconds < 86_400 ? `${seconds / 3_600} h` : `${seconds / 86_400} d`;
}
