import { durationText, shortShardId } from '../format/time';
import type { Lags, ShardView } from '../protocol';
import type { Colours } from './colours';
import { element } from './dom';
import { HOT, type Load, percent } from './loads';
import type { Bin } from './traffic';

/** The table under the slices: the same in numbers, closed shards included. */
export function shardRows(
  shards: readonly ShardView[],
  loads: readonly Load[],
  totals: Bin,
  lags: Lags,
  colours: Colours,
  onChoose: (shardId: string) => void,
): HTMLTableRowElement[] {
  const loadOf = new Map(loads.map((load) => [load.shard.id, load]));
  const rows = [...shards].sort((a, b) => Number(a.closed) - Number(b.closed));
  return rows.map((shard) => {
    const load = loadOf.get(shard.id);
    const name = element('button', 'plain', shortShardId(shard.id));
    name.type = 'button';
    name.title = `Read only ${shard.id}`;
    name.addEventListener('click', () => onChoose(shard.id));
    const first = element('th', '', element('i', `swatch ${colours.of(shard.id)}`), name);
    first.scope = 'row';
    if (shard.closed) first.append(element('span', 'tag', 'closed'));
    const records = totals.get(shard.id)?.records ?? 0;
    return element(
      'tr',
      shard.closed ? 'closed' : '',
      first,
      number(load === undefined ? '' : percent(load.keys)),
      number(load?.load === undefined ? '' : percent(load.traffic)),
      number(
        load?.load === undefined ? '' : `${load.load.toFixed(1)}×`,
        (load?.load ?? 0) >= HOT ? 'hot' : '',
      ),
      number(records === 0 ? '' : records.toLocaleString('en')),
      number(lagText(lags[shard.id])),
    );
  });
}

function number(text: string, className = ''): HTMLTableCellElement {
  return element('td', `number ${className}`.trim(), text);
}

function lagText(lag: number | null | undefined): string {
  if (lag === undefined) return '';
  if (lag === null) return 'read to its end';
  return lag === 0 ? 'at the tip' : durationText(lag);
}
