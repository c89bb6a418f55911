import { openEnvelope } from './envelope';
import type { StreamRecord } from './record';

/** The filter of records; without members, all are shown. */
export interface RecordFilter {
  /** Found in the data, the body of an event's envelope, or the partition key, in capitals or not. */
  readonly text?: string;
  /** The partition key, exactly. */
  readonly key?: string;
}

/** A test of records, the same one on the command line and on the page. */
export function filterOf({ text, key }: RecordFilter): (record: StreamRecord) => boolean {
  const wanted = text?.toLowerCase();
  // Not fatal: text within binary data is found as well.
  const decoder = new TextDecoder();
  return (record) => {
    if (key !== undefined && record.partitionKey !== key) return false;
    if (wanted === undefined) return true;
    if (record.partitionKey.toLowerCase().includes(wanted)) return true;
    if (decoder.decode(record.data).toLowerCase().includes(wanted)) return true;
    // Quotes are escaped in an envelope.
    return openEnvelope(record.data)?.body.toLowerCase().includes(wanted) ?? false;
  };
}
