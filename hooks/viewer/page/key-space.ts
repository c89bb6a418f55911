import { placeOf } from '../format/hash-key';
import { shortShardId } from '../format/time';
import type { ShardView } from '../protocol';
import type { Colours } from './colours';
import { svg } from './dom';
import { HOT, type Load, percent } from './loads';

const HEIGHT = 84;
const PLOT = 66;
/**
 * Draws each open shard as a bar: as wide as its share of the hash keys, as high as the load on it,
 * so that its area is its traffic and a hot shard stands out.
 * @param marked a hash key to point at
 */
export function drawKeySpace(
  frame: HTMLElement,
  loads: readonly Load[],
  colours: Colours,
  marked: string | undefined,
  onChoose: (shardId: string) => void,
): void {
  const width = Math.max(frame.clientWidth, 120);
  const top = Math.max(HOT, ...loads.map(({ load = 0 }) => load)) * 1.25;
  const y = (load: number) => PLOT - (load / top) * PLOT;
  const drawing = svg('svg', { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
  for (const item of loads) drawing.append(slice(item, width, y, colours, onChoose));
  const hasLoad = loads.some(({ load }) => load !== undefined);
  if (hasLoad) {
    const even = y(1);
    drawing.append(
      svg('line', { x1: 0, x2: width, y1: even, y2: even, class: 'even' }),
      svg('text', { x: width - 3, y: even - 3, class: 'axis end' }, 'even'),
    );
  }
  if (marked !== undefined) {
    const x = placeOf(marked) * width;
    drawing.append(
      svg('path', { d: `M${x} ${PLOT} l-5 8 h10 z M${x} 0 V${PLOT}`, class: 'marked' }),
    );
  }
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', summaryOf(loads));
  frame.replaceChildren(drawing);
}

function slice(
  { shard, keys, traffic, load }: Load,
  width: number,
  y: (load: number) => number,
  colours: Colours,
  onChoose: (shardId: string) => void,
): SVGGElement {
  const x = placeOf(shard.range.start) * width;
  const span = Math.max(keys * width - 2, 1);
  const middle = x + span / 2;
  const group = svg('g', { class: 'slice' });
  group.append(
    svg('title', {}, sliceTitle(shard, keys, traffic, load)),
    svg('rect', { x, y: 0, width: span, height: PLOT, class: 'slot' }),
  );
  if (load !== undefined && load > 0) {
    const height = Math.max(PLOT - y(load), 1);
    const fill = `bar ${colours.of(shard.id)}`;
    group.append(svg('rect', { x, y: PLOT - height, width: span, height, class: fill }));
  }
  if (load !== undefined && load >= HOT && span > 28) {
    const at = Math.max(y(load) - 4, 10);
    group.append(svg('text', { x: middle, y: at, class: 'hot' }, `${load.toFixed(1)}×`));
  }
  const name = shortShardId(shard.id);
  if (span > name.length * 7 + 4) {
    group.append(svg('text', { x: middle, y: HEIGHT - 4, class: 'axis middle' }, name));
  }
  group.addEventListener('click', () => onChoose(shard.id));
  return group;
}

function sliceTitle(
  shard: ShardView,
  keys: number,
  traffic: number,
  load: number | undefined,
): string {
  const share = `${percent(keys)} of the keys`;
  return load === undefined
    ? `${shard.id}: ${share}`
    : `${shard.id}: ${share}, ${percent(traffic)} of the traffic, ${load.toFixed(1)} times its share`;
}

function summaryOf(loads: readonly Load[]): string {
  const hot = loads.filter(({ load = 0 }) => load >= HOT);
  const names = hot.map(({ shard, load = 0 }) => `${shard.id} ${load.toFixed(1)} times its share`);
  const shards = `${loads.length} open shard${loads.length === 1 ? '' : 's'}`;
  return names.length === 0 ? `${shards}, none hot` : `${shards}; hot: ${names.join(', ')}`;
}
