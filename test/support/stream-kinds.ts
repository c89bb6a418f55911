import path from 'node:path';
import { senderNames } from '../../resources/events/senders';
import { checkDeclaration } from '../../resources/streams/check';
import type { StreamSettings, Streams } from '../../resources/streams/declaration';
import { declaredStreams } from '../../resources/streams/declared';

/** Paths of schemas in declarations begin here. */
export const SCHEMA_FOLDER = path.join(__dirname, '..', 'fixtures', 'events');

const of = <Name extends keyof StreamSettings>(
  name: Name,
  ...values: readonly StreamSettings[Name][]
): readonly StreamSettings[] => values.map((value) => ({ [name]: value }));

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:check';
const ORIGINS = ['https://shop.example', 'https://www.shop.example', 'http://localhost:3000'];
const TAGS = { team: 'sales', 'cost centre': '${self:service}' };
const JSON_SENDERS = ['json', 'json-array', 'cloudevents', 'cloudevents-batch'] as const;
const SCHEMA = { schema: 'schemas/order.json' };

/** Each kind of value of each member. Members that are nothing without each other are one row. */
export const STREAM_FACTORS: readonly (readonly StreamSettings[])[] = [
  of('senders', senderNames, JSON_SENDERS, ['webhook'], ['pixel'], [], undefined),
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
    { envelope: true, keepClaims: ['email', 'cognito:groups'] },
  ],
  of('streamName', undefined, 'all.orders_of-acme'),
  of('shards', undefined, 1, 10_000, 'on-demand'),
  of('retentionHours', undefined, 25, 8_760),
  [{}, { encryption: false }, { kmsKeyArn: KEY }],
  of('maxRecordSizeKiB', undefined, 10_240),
  of('consumers', undefined, ['reports'], ['reports', 'a.b_c-d']),
  of('tags', undefined, TAGS),
  of('onRemove', undefined, 'delete'),
  // After those that an existing stream cannot have.
  of('existing', undefined, true),
  of('delimiter', undefined, 'newline'),
  of('answer', 'json', 'empty'),
  of('pixel', 'svg', 'empty'),
  [
    ...of('authorization', undefined, 'AWS_IAM', 'API_KEY', 'NONE', 'COGNITO', 'LAMBDA'),
    ...of('authorization', { type: 'COGNITO', userPoolArns: [POOL], scopes: ['a/b', 'c'] }),
    ...of('authorization', { type: 'COGNITO', identityValidation: '^app$', scopes: [] }),
    ...of('authorization', { type: 'LAMBDA', function: FUNCTION, ttlSeconds: 0, roleArn: 'none' }),
    ...of('authorization', { type: 'LAMBDA', function: FUNCTION, kind: 'REQUEST' }),
  ],
  of('origins', undefined, ORIGINS.slice(0, 1), ORIGINS),
  of('throttle', undefined, { rate: 1, burst: 1 }, { rate: 999_999, burst: 99_999 }),
  of('testRecords', undefined, true),
];

const isDeclarable = (settings: StreamSettings): boolean => {
  try {
    checkDeclaration({ a: settings });
    declaredStreams({ a: settings }, { stage: 'dev', folder: SCHEMA_FOLDER });
    return true;
  } catch {
    return false;
  }
};

/** Declarations that between them have each value of each member, beside others that go with it. */
export function streamKinds(): Streams {
  const unmet = new Set(STREAM_FACTORS.flat());
  const kinds: StreamSettings[] = [];
  // A set that is gone through leaves out what is deleted from it meanwhile.
  for (const first of unmet) {
    let kind: StreamSettings = {};
    for (const choices of STREAM_FACTORS) {
      const fits = (choice: StreamSettings) => isDeclarable({ ...kind, ...choice, ...first });
      const chosen = choices.includes(first)
        ? first
        : (choices.find((choice) => unmet.has(choice) && fits(choice)) ?? choices.find(fits) ?? {});
      unmet.delete(chosen);
      kind = { ...kind, ...chosen };
    }
    kinds.push(kind);
  }
  return Object.fromEntries(kinds.map((kind, index) => [`kind-${index}`, kind]));
}
