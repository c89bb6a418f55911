import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as it reached the Kafka REST proxy. */
export interface KafkaRequest {
  readonly method: string;
  /** To the letter, with the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface KafkaRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: unknown;
  /** A JSON value, or bytes, as the embedded format of the request had it. */
  readonly value: unknown;
}

/** A proxy's answer: `text` unchanged, or `body` as JSON. */
export interface KafkaAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Answer = KafkaAnswer;

export type KafkaLog = Map<string, KafkaRecord[]>;

/**
 * The part of the Kafka REST API, version 2, that tests need, as Confluent documents it: topics,
 * and producing JSON and binary records, with the content negotiation and error codes that clients
 * rely on.
 * https://docs.confluent.io/platform/current/kafka-rest/api.html
 */
export interface KafkaRest {
  readonly requests: KafkaRequest[];
  /** By topic; producing does not create topics. */
  readonly topics: ReadonlyMap<string, KafkaRecord[]>;
  /** A `fetch` that calls it, for tests without sockets. */
  readonly fetch: typeof fetch;
  /** Serves on loopback, at any port. */
  listen(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

const PARTITIONS = 2;

const METADATA_TYPE = 'application/vnd.kafka.v2+json';
const ACCEPTED = [METADATA_TYPE, 'application/vnd.kafka+json', 'application/json'];
const ANYTHING = ['*/*', 'application/*'];

export const FORMATS: Readonly<Record<string, 'json' | 'binary'>> = {
  'application/vnd.kafka.json.v2+json': 'json',
  'application/vnd.kafka.binary.v2+json': 'binary',
  [METADATA_TYPE]: 'binary',
  'application/vnd.kafka+json': 'binary',
  'application/json': 'binary',
};

/** Confluent's. @param topics that are there from the beginning */
export function createKafkaRest(...topics: readonly string[]): KafkaRest {
  return kafkaRestOf(topics, (log, request) => {
    const type = negotiated(request.headers.accept);
    const answer = type === undefined ? failed(406, 'Not Acceptable') : route(log, request);
    return { ...answer, headers: { 'content-type': type ?? METADATA_TYPE, server: 'Jetty' } };
  });
}

/** A Kafka REST proxy of some make, by what it answers. */
export function kafkaRestOf(
  topics: readonly string[],
  answers: (log: KafkaLog, request: KafkaRequest) => KafkaAnswer,
): KafkaRest {
  const log: KafkaLog = new Map(topics.map((name) => [name, []]));
  const requests: KafkaRequest[] = [];
  const answer = (request: KafkaRequest) => {
    requests.push(request);
    const { status, headers = {}, body, text } = answers(log, request);
    return { status, headers, text: text ?? (body === undefined ? '' : JSON.stringify(body)) };
  };
  return {
    requests,
    topics: log,
    async fetch(input, init = {}) {
      const { pathname, search } = new URL(String(input));
      const { status, headers, text } = answer({
        method: init.method ?? 'GET',
        path: pathname + search,
        headers: Object.fromEntries(new Headers(init.headers)),
        body: Buffer.from((init.body ?? []) as Uint8Array),
      });
      return new Response(text, { status, headers });
    },
    async listen() {
      const server = http.createServer(async (request, response) => {
        const { method = 'GET', url: path = '/', headers } = request;
        const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
        const sent = { method, path, headers: Object.fromEntries(texts) };
        const { status, headers: given, text } = answer({ ...sent, body: await buffer(request) });
        response.writeHead(status, given).end(text);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return {
        url: `http://127.0.0.1:${port}`,
        async close() {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        },
      };
    },
  };
}

function negotiated(accept = '*/*'): string | undefined {
  const types = accept.split(',').map((type) => type.replace(/;.*/, '').trim().toLowerCase());
  const named = types.find((type) => ACCEPTED.includes(type) || Object.hasOwn(FORMATS, type));
  return named ?? (types.some((type) => ANYTHING.includes(type)) ? METADATA_TYPE : undefined);
}

const failed = (status: number, message: string, code = status): Answer => ({
  status,
  body: { error_code: code, message: code === status ? `HTTP ${status} ${message}` : message },
});

function route(log: KafkaLog, request: KafkaRequest): Answer {
  const [, first, encoded, ...rest] = request.path.replace(/\?.*/, '').split('/');
  if (first !== 'topics' || rest.length > 2) return failed(404, 'Not Found');
  if (encoded === undefined || encoded === '') {
    return request.method === 'GET'
      ? { status: 200, body: [...log.keys()] }
      : failed(405, 'Method Not Allowed');
  }
  const topic = decodeURIComponent(encoded);
  if (request.method === 'POST' && rest.length === 0) return produce(log, topic, request);
  if (request.method !== 'GET') return failed(405, 'Method Not Allowed');
  if (!log.has(topic)) return failed(404, 'Topic not found.', 40401);
  return described(topic, rest);
}

function described(topic: string, [part, number]: readonly string[]): Answer {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({
    partition,
    leader: 1,
    replicas: [{ broker: 1, leader: true, in_sync: true }],
  }));
  if (part === undefined) return { status: 200, body: { name: topic, configs: {}, partitions } };
  if (part !== 'partitions') return failed(404, 'Not Found');
  if (number === undefined) return { status: 200, body: partitions };
  const partition = partitions[Number(number)];
  if (partition === undefined) return failed(404, 'Partition not found.', 40402);
  return { status: 200, body: partition };
}

interface Sent {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly partition?: unknown;
}

function produce(log: KafkaLog, topic: string, request: KafkaRequest): Answer {
  const type = (request.headers['content-type'] ?? 'application/json').replace(/;.*/, '').trim();
  const format = Object.hasOwn(FORMATS, type) ? FORMATS[type] : undefined;
  if (format === undefined) return failed(415, 'Unsupported Media Type');
  const sent = recordsOf(request.body);
  if (!Array.isArray(sent) || sent.length === 0) return failed(422, 'records may not be empty');
  const records = log.get(topic);
  if (records === undefined) return failed(404, 'Topic not found.', 40401);
  const offsets = append(records, sent, format).map((at) => ({
    ...at,
    error_code: null,
    error: null,
  }));
  return { status: 200, body: { offsets, key_schema_id: null, value_schema_id: null } };
}

/** Adds records to a topic. @returns where each of them is */
export function append(
  records: KafkaRecord[],
  sent: readonly Sent[],
  format: 'json' | 'binary',
): { partition: number; offset: number }[] {
  const read = format === 'json' ? (value: unknown) => value ?? null : bytesOf;
  return sent.map(({ key, value, partition }) => {
    const where = partitionOf(partition, key, records.length);
    const offset = records.filter((record) => record.partition === where).length;
    records.push({ partition: where, offset, key: read(key), value: read(value) });
    return { partition: where, offset };
  });
}

function recordsOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')).records;
  } catch {
    return undefined;
  }
}

function partitionOf(partition: unknown, key: unknown, count: number): number {
  if (typeof partition === 'number') return partition;
  if (key === undefined || key === null) return count % PARTITIONS;
  return createHash('md5').update(JSON.stringify(key)).digest().readUInt8(0) % PARTITIONS;
}

const bytesOf = (value: unknown) =>
  typeof value === 'string' ? Buffer.from(value, 'base64') : null;
