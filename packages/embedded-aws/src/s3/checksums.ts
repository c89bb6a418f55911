import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { notImplementedHere, s3Error } from './errors';

/** Supported algorithms; S3's others (XXHASH3, SHA512, …) are rejected. */
const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum in headers and documents. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; for a checksum of parts followed by `-` and their number. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

const PREFIX = 'x-amz-checksum-';
/** Headers with the prefix of checksums that are not checksums. */
const NOT_CHECKSUMS = new Set([
  'x-amz-checksum-mode',
  'x-amz-checksum-type',
  'x-amz-checksum-algorithm',
]);

export const checksumHeader = (algorithm: ChecksumAlgorithm): string =>
  PREFIX + algorithm.toLowerCase();

/** Its element in documents: `ChecksumCRC32`. */
export const checksumElement = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm}`;

/** @throws AwsError NotImplemented naming an unsupported algorithm */
export function algorithmNamed(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find((candidate) => candidate === name.toUpperCase());
  if (algorithm === undefined) throw notImplementedHere(`the checksum algorithm ${name}`);
  return algorithm;
}

/** The checksums that a request's headers or trailers state. */
export function statedChecksums(
  headers: Readonly<Record<string, string>>,
): { readonly algorithm: ChecksumAlgorithm; readonly value: string }[] {
  return Object.entries(headers)
    .filter(([name]) => name.startsWith(PREFIX) && !NOT_CHECKSUMS.has(name))
    .map(([name, value]) => ({ algorithm: algorithmNamed(name.slice(PREFIX.length)), value }));
}

/** The checksum of a whole body, Base64. */
export function computeChecksum(algorithm: ChecksumAlgorithm, body: Buffer): string {
  return digest(algorithm, body).toString('base64');
}

/** The composite checksum: that of the parts' concatenated checksums. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const joined = Buffer.concat(parts.map((value) => Buffer.from(value, 'base64')));
  return `${computeChecksum(algorithm, joined)}-${parts.length}`;
}

/** Verifies a request's digests of its body. @throws AwsError BadDigest, InvalidDigest */
export function verifyBody(body: Buffer, headers: Readonly<Record<string, string>>): void {
  const md5 = headers['content-md5'];
  if (md5 !== undefined) {
    if (Buffer.from(md5, 'base64').length !== 16) throw s3Error('InvalidDigest');
    if (createHash('md5').update(body).digest('base64') !== md5) {
      throw s3Error('BadDigest', 'Content-MD5');
    }
  }
  for (const { algorithm, value } of statedChecksums(headers)) {
    if (computeChecksum(algorithm, body) !== value) throw s3Error('BadDigest', algorithm);
  }
}

function digest(algorithm: ChecksumAlgorithm, body: Buffer): Buffer {
  switch (algorithm) {
    case 'CRC32':
      return uint32(crc32(body));
    case 'CRC32C':
      return uint32(crc32c(body));
    case 'CRC64NVME':
      return crc64nvme(body);
    default:
      return createHash(algorithm.toLowerCase()).update(body).digest();
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** Castagnoli's polynomial, reflected. */
const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

function crc32c(body: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of body) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** NVMe's polynomial, reflected; in halves, as BigInt takes ten times as long. */
const CRC64_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
  }
  return [Number(value >> 32n), Number(value & 0xffffffffn)] as const;
});

function crc64nvme(body: Buffer): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of body) {
    const [tableHigh = 0, tableLow = 0] = CRC64_TABLE[(low ^ byte) & 0xff] ?? [];
    low = (((low >>> 8) | (high << 24)) ^ tableLow) >>> 0;
    high = ((high >>> 8) ^ tableHigh) >>> 0;
  }
  return Buffer.concat([uint32(~high), uint32(~low)]);
}
