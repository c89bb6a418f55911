import path from 'node:path';
import { senderNames } from '../../resources/events/senders';
import { checkDeclaration } from '../../resources/streams/check';
import type { StreamSettings, Streams } from '../../resources/streams/declaration';
import { declaredStreams } from '../../resources/streams/declared';
import { allPairs } from './all-pairs';

/** Paths of schemas in declarations begin here. */
export const SCHEMA_FOLDER = path.join(__dirname, '..', 'fixtures', 'events');

const of = <Name extends keyof StreamSettings>(
  name: Name,
  ...values: readonly StreamSettings[Name][]
): readonly StreamSettings[] => values.map((value) => ({ [name]: value }));

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const ORIGINS = ['https://shop.example', 'https://www.shop.example', 'http://localhost:3000'];
const TAGS = { team: 'sales', 'cost centre': '${self:service}' };
const JSON_SENDERS = ['json', 'json-array', 'cloudevents', 'cloudevents-batch'] as const;
const SCHEMA = { schema: 'schemas/order.json' };

/** Each kind of value of each member. Members that are nothing without each other are one row. */
export const STREAM_FACTORS: readonly (readonly StreamSettings[])[] = [
  // Between them, each sender with every kind of key and of contract that it can have.
  of('senders', undefined, [], ['webhook'], ['pixel'], JSON_SENDERS, senderNames),
  [
    ...of('key', undefined, 'request-id', 'header:X-Device-Id', 'query:device', 'fixed:all in one'),
    ...of('key', { from: 'header:X-Device-Id', orElse: 'request-id', cut: true }),
    ...of('key', '$.customerId', { from: '$.customer.id', orElse: 'request-id' }),
  ],
  [{}, SCHEMA, { ...SCHEMA, sample: 'schemas/order.sample.json', refusedIsLost: true }],
  [
    {},
    { envelope: true },
    { envelope: true, keepHeaders: ['X-GitHub-Event', 'User-Agent'], idHeader: 'X-Delivery' },
  ],
  of('existing', undefined, true),
  of('streamName', undefined, 'all.orders_of-acme'),
  of('shards', undefined, 1, 10_000, 'on-demand'),
  of('retentionHours', undefined, 25, 8_760),
  [{}, { encryption: false }, { kmsKeyArn: KEY }],
  of('maxRecordSizeKiB', undefined, 10_240),
  of('consumers', undefined, ['reports'], ['reports', 'a.b_c-d']),
  of('tags', undefined, TAGS),
  of('onRemove', undefined, 'delete'),
  of('delimiter', undefined, 'newline'),
  of('answer', 'json', 'empty'),
  of('pixel', 'svg', 'empty'),
  of('authorization', undefined, 'AWS_IAM', 'API_KEY', 'NONE'),
  of('origins', undefined, ORIGINS.slice(0, 1), ORIGINS),
  of('throttle', undefined, { rate: 1, burst: 1 }, { rate: 999_999, burst: 99_999 }),
  of('testRecords', undefined, true),
];

/** Asked for the same two over and over, and it reads files. */
const known = new WeakMap<StreamSettings, WeakMap<StreamSettings, boolean>>();

function goTogether(one: StreamSettings, other: StreamSettings): boolean {
  const ofOne = known.get(one) ?? new WeakMap<StreamSettings, boolean>();
  known.set(one, ofOne);
  const found = ofOne.get(other) ?? isDeclarable({ ...one, ...other });
  ofOne.set(other, found);
  return found;
}

function isDeclarable(settings: StreamSettings): boolean {
  try {
    checkDeclaration({ a: settings });
    declaredStreams({ a: settings }, { stage: 'dev', folder: SCHEMA_FOLDER });
    return true;
  } catch {
    return false;
  }
}

/** Declarations of streams of every kind: every two values that go together do so in one of them. */
export const streamKinds: readonly StreamSettings[] = allPairs(STREAM_FACTORS, goTogether).map(
  (choices): StreamSettings => Object.assign({}, ...choices),
);

/**
 * All of these kinds, in services of a few streams each.
 * @param size how many a service declares
 */
export function servicesOfKinds(size: number): Streams[] {
  const services: Streams[] = [];
  for (let from = 0; from < streamKinds.length; from += size) {
    const kinds = streamKinds.slice(from, from + size);
    services.push(
      Object.fromEntries(
        kinds.map((kind, index) => [
          `kind-${index}`,
          // The same name in Kinesis can be one stream's only.
          kind.streamName ? { ...kind, streamName: `${kind.streamName}-${index}` } : kind,
        ]),
      ),
    );
  }
  return services;
}
