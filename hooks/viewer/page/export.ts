import { jsonLine, type StreamRecord } from '../format/record';
import { localTime } from '../format/time';
import { element } from './dom';

/** Texts are gathered to this size before they are handed to the browser. */
const CHUNK = 500;

/** Saves records as lines of JSON, the same as `serverless records` prints in a pipe. */
export async function exportLines(
  stream: string,
  records: readonly StreamRecord[],
  pause: () => Promise<void>,
): Promise<void> {
  const parts: Blob[] = [];
  for (let start = 0; start < records.length; start += CHUNK) {
    const lines = records.slice(start, start + CHUNK).map((record) => `${jsonLine(record)}\n`);
    parts.push(new Blob(lines));
    await pause();
  }
  const link = element('a', '');
  link.href = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }));
  const time = localTime(Date.now()).slice(0, 16).replace(' ', 'T').replace(':', '');
  link.download = `${stream}-${time}.jsonl`;
  link.click();
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
