import { eventPreview } from '../format/event';
import { visible } from '../format/printable';
import { contentsOf, type StreamRecord } from '../format/record';
import { localTime, shortShardId } from '../format/time';
import { column, cut } from './width';

const TIME = 23;
const SHARD = 6;
const KEY = 20;
const GAP = '  ';
const LEAST_DATA = 16;

/** Lines of a table as wide as the terminal; nothing in a record can steer the terminal. */
export function tableOf(columns: number): { header: string; row(record: StreamRecord): string } {
  const data = Math.max(LEAST_DATA, columns - TIME - SHARD - KEY - 3 * GAP.length);
  return {
    header: [column('ARRIVED', TIME), column('SHARD', SHARD), column('KEY', KEY), 'DATA'].join(GAP),
    row: (record) =>
      [
        column(localTime(record.arrivedAt), TIME),
        column(shortShardId(record.shardId), SHARD),
        column(visible(record.partitionKey), KEY),
        dataOf(record, data),
      ].join(GAP),
  };
}

function dataOf(record: StreamRecord, columns: number): string {
  const contents = contentsOf(record);
  return contents.length === 0 ? '(empty)' : cut(eventPreview(contents), columns);
}
