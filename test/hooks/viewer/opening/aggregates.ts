import { createHash } from 'node:crypto';
import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** Records of real producers, recorded on 2026-11-29 as Kinesis got them. */
export const RECORDED = {
  /**
   * amazon-kinesis-producer 0.15.12 for Java: ann {"order":0}, größe 🎈 {"order":1}, ann the gzip of
   * {"item":"teapot"}, bob with the explicit hash key 2^127 {"order":3}. Its partition key is a.
   */
  kpl: '84mawgoDYW5uCgxncsO2w59lIPCfjogKA2JvYhInMTcwMTQxMTgzNDYwNDY5MjMxNzMxNjg3MzAzNzE1ODg0MTA1NzI4Gg8IABoLeyJvcmRlciI6MH0aDwgBGgt7Im9yZGVyIjoxfRopCAAaJR+LCAAAAAAAAP+rVsosSc1VslIqSU0syC9RqgUAET2TlREAAAAaEQgCEAAaC3sib3JkZXIiOjN9qdKa/RowWWTrbu0hQ+Jvww==',
  /** aws_kinesis_agg 1.2.3 for Python: ann {"item":"lamp"}, größe 🎈 nothing, ann the gzip of {"item":"teapot"}. */
  python:
    '84mawgoDYW5uCgxncsO2w59lIPCfjogaEwgAGg97Iml0ZW0iOiJsYW1wIn0aBAgBGgAaKQgAGiUfiwgAAAAAAAIDq1bKLEnNVbJSKklNLMgvUaoFABE9k5URAAAAB6sYoAi/OcvbrJm+UOspaw==',
} as const;

export const bytesOf = (name: keyof typeof RECORDED): Uint8Array =>
  new Uint8Array(Buffer.from(RECORDED[name], 'base64'));

export interface Written {
  /** Index of its key in the table. */
  readonly key?: number;
  readonly hashKey?: number;
  readonly data?: string | Uint8Array;
  readonly tags?: readonly (readonly [key: string, value?: string])[];
}

const BYTES = 2;
const number = (field: number, type = BYTES) => (field << 3) | type;

/** The message of an aggregate, as the KPL's aggregation format has it. */
export function messageOf(
  keys: readonly string[],
  hashKeys: readonly string[],
  records: readonly Written[],
): Uint8Array {
  const writer = new BinaryWriter();
  for (const key of keys) writer.uint32(number(1)).string(key);
  for (const key of hashKeys) writer.uint32(number(2)).string(key);
  for (const { key, hashKey, data, tags = [] } of records) {
    const record = new BinaryWriter();
    if (key !== undefined) record.uint32(number(1, 0)).uint64(key);
    if (hashKey !== undefined) record.uint32(number(2, 0)).uint64(hashKey);
    if (data !== undefined) {
      record.uint32(number(3)).bytes(typeof data === 'string' ? Buffer.from(data) : data);
    }
    for (const [name, value] of tags) {
      const tag = new BinaryWriter().uint32(number(1)).string(name);
      if (value !== undefined) tag.uint32(number(2)).string(value);
      record.uint32(number(4)).bytes(tag.finish());
    }
    writer.uint32(number(3)).bytes(record.finish());
  }
  return writer.finish();
}

/** With the magic before it and its MD5 after it. */
export const framed = (
  message: Uint8Array,
  digest: Uint8Array = createHash('md5').update(message).digest(),
): Uint8Array => new Uint8Array(Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, digest]));

/** An aggregate of records with keys of their own. */
export const aggregateOf = (
  ...records: readonly (readonly [key: string, data: string | Uint8Array])[]
) =>
  framed(
    messageOf(
      records.map(([key]) => key),
      [],
      records.map(([, data], index) => ({ key: index, data })),
    ),
  );
