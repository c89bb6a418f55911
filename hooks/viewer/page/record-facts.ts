import { sizeText } from '../format/content';
import type { OpenedEvent } from '../format/event';
import { visible } from '../format/printable';
import type { StreamRecord } from '../format/record';
import { localTime, utcTime } from '../format/time';
import { element } from './dom';

type Fact = readonly [name: string, value: readonly (Node | string)[]];

/** Facts of a record beside its data, as terms and descriptions. */
export function recordFacts(
  record: StreamRecord,
  event: OpenedEvent | undefined,
  onFilterByKey: (key: string) => void,
): HTMLElement[] {
  const byKey = element('button', 'plain', 'filter by it');
  byKey.type = 'button';
  byKey.addEventListener('click', () => onFilterByKey(record.partitionKey));
  const key = element('bdi', 'mono', visible(record.partitionKey));
  const facts: Fact[] = [
    ['Arrived', [localTime(record.arrivedAt), element('br', ''), utcTime(record.arrivedAt)]],
    ['Partition key', [key, ' ', byKey]],
    ['Shard', [record.shardId]],
    ['Sequence number', [element('span', 'mono', record.sequenceNumber)]],
    ...factsOfAggregate(record),
    ['Size', [sizeOf(record)]],
    ...(record.encryptionType === undefined ? [] : [text('Encryption', record.encryptionType)]),
    ...(event === undefined ? [] : factsOfEvent(event)),
  ];
  return facts.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', ...value)]);
}

const text = (name: string, value: string): Fact => [name, [element('bdi', '', visible(value))]];

function sizeOf({ data, unpacked }: StreamRecord): string {
  const size = sizeText(data.length);
  if (unpacked === undefined) return size;
  return unpacked.isWhole
    ? `${size} as gzip, ${sizeText(unpacked.data.length)} unpacked`
    : `${size} as gzip, more than ${sizeText(unpacked.data.length)} unpacked`;
}

function factsOfAggregate({ aggregate }: StreamRecord): Fact[] {
  if (aggregate === undefined) return [];
  const { subSequenceNumber, count, explicitHashKey, tags = [], isAstray } = aggregate;
  const astray = ': a key belongs to another shard, so consumers with the KCL get nothing of it';
  return [
    text('Sub-sequence number', String(subSequenceNumber)),
    text(
      'KPL aggregate',
      `record ${(subSequenceNumber + 1).toLocaleString('en')} of ${count.toLocaleString('en')}${isAstray ? astray : ''}`,
    ),
    ...(explicitHashKey === undefined ? [] : [text('Explicit hash key', explicitHashKey)]),
    ...(tags.length === 0
      ? []
      : [text('Tags', pairs(tags.map(({ key, value = '' }) => [key, value])))]),
  ];
}

/** The members of an envelope and the attributes of a CloudEvent that say something, in words. */
function factsOfEvent({ envelope, cloudEvent }: OpenedEvent): Fact[] {
  const { specversion, type, source, id, subject, time, ...more } = cloudEvent?.attributes ?? {};
  const { method, query, contentType, ...facts } = envelope?.facts ?? {};
  const all: Readonly<Record<string, unknown>> = {
    'CloudEvent type': type,
    'CloudEvent source': source,
    'CloudEvent id': id,
    Subject: subject,
    Time: time,
    'More attributes': more,
    'Event id': facts.id === id ? '' : facts.id,
    Received: timeOf(facts.receivedAt),
    'Source IP': facts.sourceIp,
    'User agent': facts.userAgent,
    Request: [method, contentType].filter(Boolean).join(' '),
    Query: query,
    Headers: facts.headers,
  };
  return Object.entries(all).flatMap(([name, value]) => {
    const said = wordsOf(value);
    return said === '' ? [] : [text(name, said)];
  });
}

const wordsOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? pairs(Object.entries(value)) : String(value ?? '');

/** In milliseconds since 1970. */
const timeOf = (at: unknown) =>
  typeof at === 'number' && !Number.isNaN(new Date(at).getTime()) ? utcTime(at) : at;

const pairs = (values: readonly (readonly [string, unknown])[]): string =>
  values
    .map(([name, value]) =>
      typeof value === 'object' && value !== null
        ? `${name}: ${JSON.stringify(value)}`
        : `${name}: ${value}`,
    )
    .join(', ');
