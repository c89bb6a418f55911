import { durationText, localTime, shortShardId, utcTime, type Zone } from '../format/time';
import type { Positions, ShardPosition, ShardView } from '../protocol';
import type { Colours } from './colours';
import { element } from './dom';
import { HOT, type Load, percent } from './loads';
import type { Bin } from './traffic';

export interface ShardRowsView {
  readonly loads: readonly Load[];
  readonly totals: Bin;
  readonly positions: Positions;
  readonly zone: Zone;
  readonly colours: Colours;
  readonly onChoose: (shardId: string) => void;
}

/** The table under the slices: the same in numbers, closed shards included. */
export function shardRows(
  shards: readonly ShardView[],
  { loads, totals, positions, zone, colours, onChoose }: ShardRowsView,
): HTMLTableRowElement[] {
  const loadOf = new Map(loads.map((load) => [load.shard.id, load]));
  const furthest = Math.max(0, ...Object.values(positions).map(({ behind }) => behind ?? 0));
  const rows = [...shards].sort((a, b) => Number(a.closed) - Number(b.closed));
  return rows.map((shard) => {
    const load = loadOf.get(shard.id);
    const name = element('button', 'plain', shortShardId(shard.id));
    name.type = 'button';
    name.title = `Read only ${shard.id}`;
    name.ariaLabel = `Shard ${shortShardId(shard.id)}`;
    name.addEventListener('click', () => onChoose(shard.id));
    const first = element('th', '', element('i', `swatch ${colours.of(shard.id)}`), name);
    first.scope = 'row';
    if (shard.closed) first.append(element('span', 'tag', 'closed'));
    const records = totals.get(shard.id)?.records ?? 0;
    const position = positions[shard.id];
    return element(
      'tr',
      shard.closed ? 'closed' : '',
      first,
      number(load === undefined ? '' : percent(load.keys), 'keys'),
      number(load?.load === undefined ? '' : percent(load.traffic), 'traffic'),
      number(
        load?.load === undefined ? '' : `${load.load.toFixed(1)}×`,
        (load?.load ?? 0) >= HOT ? 'hot' : '',
      ),
      number(records === 0 ? '' : records.toLocaleString('en')),
      readUpTo(position, zone),
      behind(position, furthest, colours.of(shard.id)),
    );
  });
}

function number(text: string, className = ''): HTMLTableCellElement {
  return element('td', `number ${className}`.trim(), text);
}

function readUpTo(position: ShardPosition | undefined, zone: Zone): HTMLTableCellElement {
  const { arrivedAt, sequenceNumber } = position ?? {};
  if (arrivedAt === undefined) return number('');
  const time = zone === 'utc' ? utcTime(arrivedAt) : localTime(arrivedAt);
  const created = number(time.slice(11, 19));
  created.title = `${time}, sequence number ${sequenceNumber}`;
  return created;
}

/** With a bar as long as the lag, next to that of the shard that is furthest behind. */
function behind(
  position: ShardPosition | undefined,
  furthest: number,
  series: string,
): HTMLTableCellElement {
  const lag = position?.behind;
  const created = number(lagText(lag), 'behind');
  if (lag) {
    const bar = element('span', `lag ${series}`);
    bar.style.width = `calc(var(--longest-bar) * ${lag / furthest})`;
    created.prepend(bar);
  }
  return created;
}

function lagText(lag: number | null | undefined): string {
  if (lag === undefined) return '';
  if (lag === null) return 'read to its end';
  return lag === 0 ? 'at the tip' : durationText(lag);
}
