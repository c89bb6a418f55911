import { openEvent } from './event';
import { contentsOf, type StreamRecord } from './record';

/** The filter of records; without members, all are shown. */
export interface RecordFilter {
  /**
   * Found in the data without its gzip, in the event without its wrapping, or in the partition key, in
   * capitals or not.
   */
  readonly text?: string;
  /** The partition key, exactly. */
  readonly key?: string;
}

/** A test of records, the same one on the command line and on the page. */
export function filterOf({ text, key }: RecordFilter): (record: StreamRecord) => boolean {
  const wanted = text?.toLowerCase();
  // Not fatal: text within binary data is found as well.
  const decoder = new TextDecoder();
  const isIn = (data: string | Uint8Array) =>
    (typeof data === 'string' ? data : decoder.decode(data)).toLowerCase().includes(wanted ?? '');
  return (record) => {
    if (key !== undefined && record.partitionKey !== key) return false;
    if (wanted === undefined) return true;
    if (record.partitionKey.toLowerCase().includes(wanted)) return true;
    const contents = contentsOf(record);
    if (isIn(contents)) return true;
    // Quotes are escaped in an envelope, and bytes base64 in a CloudEvent.
    const body = openEvent(contents)?.body;
    return body !== undefined && isIn(body);
  };
}
