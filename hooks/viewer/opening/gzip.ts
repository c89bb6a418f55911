import { constants, gunzipSync } from 'node:zlib';

/** Data without its gzip. */
export interface Unpacked {
  readonly data: Uint8Array;
  /** False if it is only the beginning, because all of it would be too much. */
  readonly isWhole: boolean;
}

/** As large as a record of Kinesis may be; a gzip of that size may hold a thousand times as much. */
export const MOST_UNPACKED = 10 * 1024 * 1024;
/** The most bytes that one byte of deflate can become. https://zlib.net/zlib_tech.html */
const MOST_RATIO = 1032;
/** Gzip in gzip, such as a compressed file that was sent compressed. */
const DEEPEST = 3;

const isGzip = (data: Uint8Array) => data[0] === 0x1f && data[1] === 0x8b && data[2] === 8;

/**
 * Takes gzip off, several layers of it too.
 * @returns undefined for data that is not gzip, or is damaged
 */
export function gunzipped(data: Uint8Array): Unpacked | undefined {
  let unpacked: Unpacked | undefined;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inner = unpacked?.data ?? data;
    if (!isGzip(inner) || unpacked?.isWhole === false) break;
    const next = unpackedOnce(inner);
    if (next === undefined) break;
    unpacked = next;
  }
  return unpacked;
}

function unpackedOnce(data: Uint8Array): Unpacked | undefined {
  try {
    return { data: gunzipSync(data, { maxOutputLength: MOST_UNPACKED }), isWhole: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    return { data: beginningOf(data), isWhole: false };
  }
}

/** Of so little input the output is never too large. */
function beginningOf(data: Uint8Array): Uint8Array {
  const input = data.subarray(0, Math.floor(MOST_UNPACKED / MOST_RATIO));
  return gunzipSync(input, { finishFlush: constants.Z_SYNC_FLUSH });
}
