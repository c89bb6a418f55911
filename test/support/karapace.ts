import {
  append,
  FORMATS,
  type KafkaAnswer,
  type KafkaLog,
  type KafkaRequest,
  type KafkaRest,
  kafkaRestOf,
} from './kafka-rest';

// The same API as Karapace answers it (its main of 2026-06-23, asked on a Kafka 3.9 broker): the routes are
// Confluent's; codes, content types and the order in which mistakes are found are not.

const JSON_TYPE = 'application/vnd.kafka.json.v2+json';
const ACCEPTED = /^(\*\/\*|application\/(\*|json|vnd\.(kafka|kafkarest)(\.\w+)?(\.v[12])?\+json))$/;

/** @param topics that are there from the beginning */
export function createKarapace(...topics: readonly string[]): KafkaRest {
  return kafkaRestOf(topics, answers);
}

const json = (status: number, body: unknown): KafkaAnswer => ({
  status,
  body,
  headers: { 'content-type': JSON_TYPE },
});
const error = (status: number, message: string, error_code = status) =>
  json(status, { error_code, message });
/** Of the server below it, which knows of no API. */
const plain = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  text,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
});

const NOT_FOUND = plain(404, '404: Not Found');
const notAllowed = (allow: string) => plain(405, '405: Method Not Allowed', { allow });

function answers(log: KafkaLog, request: KafkaRequest): KafkaAnswer {
  const { method, path } = request;
  const [, first = '', encoded, ...rest] = path.replace(/\?.*/, '').split('/');
  if (first === '') {
    return { status: 200, body: {}, headers: { 'content-type': 'application/json' } };
  }
  if (first !== 'topics' || rest.length > 2) return NOT_FOUND;
  if (encoded === undefined) {
    return method === 'GET'
      ? checked(request, () => json(200, [...log.keys()]))
      : notAllowed('GET');
  }
  const topic = decodeURIComponent(encoded);
  if (rest.length > 0) return partitions(log, topic, request, rest);
  if (method === 'POST') return checked(request, () => produce(log, topic, request));
  if (method !== 'GET') return notAllowed('GET,POST');
  return checked(request, () =>
    log.has(topic)
      ? json(200, { name: topic, configs: {}, partitions: [] })
      : error(404, `Topic ${topic} not found`, 40403),
  );
}

function partitions(
  log: KafkaLog,
  topic: string,
  request: KafkaRequest,
  [part, number]: readonly string[],
): KafkaAnswer {
  if (part !== 'partitions') return NOT_FOUND;
  if (request.method !== 'GET') return notAllowed('GET');
  return checked(request, () => {
    if (!log.has(topic)) return error(404, 'Topic not found', 40401);
    return json(200, number === undefined ? [{ partition: 0 }] : { partition: Number(number) });
  });
}

/** The headers are looked at before anything else is, the body that must be JSON included. */
function checked(request: KafkaRequest, act: () => KafkaAnswer): KafkaAnswer {
  const { accept = '*/*', 'content-type': type = JSON_TYPE } = request.headers;
  if (request.method === 'POST') {
    if (parsed(request) === undefined) return plain(400, 'Invalid request JSON body');
    if (formatOf(type) === undefined) return error(415, 'HTTP 415 Unsupported Media Type');
  }
  const types = accept.split(',').map((each) => each.replace(/;.*/, '').trim().toLowerCase());
  return types.some((each) => ACCEPTED.test(each)) ? act() : error(406, 'HTTP 406 Not Acceptable');
}

function produce(log: KafkaLog, topic: string, request: KafkaRequest): KafkaAnswer {
  const records = log.get(topic);
  if (records === undefined) return error(404, 'Topic not found', 40401);
  const { records: sent } = parsed(request) as { records?: unknown };
  if (!Array.isArray(sent) || sent.length === 0) return error(422, 'Invalid request format');
  const format = formatOf(request.headers['content-type'] ?? JSON_TYPE) ?? 'json';
  const offsets = append(records, sent, format);
  return json(200, { key_schema_id: null, offsets, value_schema_id: null });
}

function formatOf(contentType: string): 'json' | 'binary' | undefined {
  const type = contentType.replace(/;.*/, '').trim();
  return Object.hasOwn(FORMATS, type) ? FORMATS[type] : undefined;
}

function parsed({ body }: KafkaRequest): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
