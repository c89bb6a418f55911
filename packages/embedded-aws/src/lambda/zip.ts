import { inflateRawSync } from 'node:zlib';
import { AwsError } from '../core/errors';

/** A file of a zip archive. */
export interface ZipEntry {
  /** `src/handler.js`, never absolute and never outside of the archive. */
  readonly path: string;
  readonly data: Buffer;
}

/**
 * The largest size unzipped.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_BYTES = 250 * 1024 * 1024;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/**
 * The files of a zip archive, without folders.
 * @throws AwsError InvalidParameterValueException if it is not an archive or is too large
 */
export function readZip(zip: Buffer): ZipEntry[] {
  try {
    return entries(zip);
  } catch (cause) {
    if (cause instanceof AwsError) throw cause;
    throw unreadable(cause);
  }
}

function entries(zip: Buffer): ZipEntry[] {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  const found: ZipEntry[] = [];
  let left = MAX_BYTES;
  for (let at = zip.readUInt32LE(end + 16), index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw unreadable();
    const nameLength = zip.readUInt16LE(at + 28);
    const path = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (!path.endsWith('/')) {
      const data = contentOf(zip, at, left);
      left -= data.length;
      found.push({ path: safe(path), data });
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found;
}

function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT);
  for (let at = zip.length - END_BYTES; at >= first; at--) {
    if (zip.readUInt32LE(at) === END) return at;
  }
  throw unreadable();
}

function contentOf(zip: Buffer, central: number, left: number): Buffer {
  const method = zip.readUInt16LE(central + 10);
  const size = zip.readUInt32LE(central + 20);
  const local = zip.readUInt32LE(central + 42);
  if (zip.readUInt32LE(local) !== LOCAL) throw unreadable();
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + size);
  if (method === 0) return packed;
  if (method !== 8) throw unreadable();
  // Limits the unpacked size, whatever size the archive claims.
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
}

function safe(path: string): string {
  const isOutside = path.startsWith('/') || path.includes('\\') || path.split('/').includes('..');
  if (isOutside || path.includes('\0')) throw unreadable();
  return path;
}

const unreadable = (cause?: unknown): AwsError =>
  new AwsError(
    'InvalidParameterValueException',
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
    { cause },
  );
