import { StackError } from '../../../resources/errors';
import { checkDeclaration } from '../../../resources/streams/check';
import { declare } from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';
import { MEMBERS } from '../../../resources/streams/members';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';

/** The message for a declaration, as JavaScript may have it; undefined if it is right. */
function refusal(streams: unknown): string | undefined {
  try {
    checkDeclaration(streams);
    return undefined;
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.message;
  }
}

const STREAM_NAME = 'letters, digits, _ . and -, 128 at most.';
const HOURS = 'It takes a whole number of hours from 24 to 8760.';
const SHARDS = "It takes a whole number of shards from 1 to 10000, or 'on-demand'.";
const RECORD_SIZE = 'It takes a whole number of KiB from 1024 to 10240.';
const FLAG = 'It takes true or false.';

// What is written down, and the refusal after `streams.ts: orders.`
test.each<[unknown, string]>([
  [{ streamName: 'a/b' }, `streamName is 'a/b'. It takes ${STREAM_NAME}`],
  [{ streamName: '' }, `streamName is ''. It takes ${STREAM_NAME}`],
  [{ streamName: 'x'.repeat(129) }, `streamName is '${'x'.repeat(60)}…'. It takes ${STREAM_NAME}`],
  [{ streamName: null }, `streamName is null. It takes ${STREAM_NAME}`],
  [{ existing: 'yes' }, `existing is 'yes'. ${FLAG}`],
  [{ shards: 0 }, `shards is 0. ${SHARDS}`],
  [{ shards: -1 }, `shards is -1. ${SHARDS}`],
  [{ shards: 1.5 }, `shards is 1.5. ${SHARDS}`],
  [{ shards: 10_001 }, `shards is 10001. ${SHARDS}`],
  [{ shards: '2' }, `shards is '2'. ${SHARDS}`],
  [{ shards: Number.NaN }, `shards is NaN. ${SHARDS}`],
  [{ shards: 'ON_DEMAND' }, `shards is 'ON_DEMAND'. Did you mean 'on-demand'? ${SHARDS}`],
  [{ retentionHours: 12 }, `retentionHours is 12. ${HOURS}`],
  [{ retentionHours: 8_761 }, `retentionHours is 8761. ${HOURS}`],
  [{ retentionHours: '24' }, `retentionHours is '24'. ${HOURS}`],
  [{ encryption: 'KMS' }, `encryption is 'KMS'. ${FLAG}`],
  [{ kmsKeyArn: 'alias/orders' }, "kmsKeyArn is 'alias/orders'. It takes the ARN of a KMS key,"],
  [{ maxRecordSizeKiB: 1_023 }, `maxRecordSizeKiB is 1023. ${RECORD_SIZE}`],
  [{ maxRecordSizeKiB: 10_241 }, `maxRecordSizeKiB is 10241. ${RECORD_SIZE}`],
  [{ consumers: 'fraud' }, "consumers is 'fraud'. It takes a list of names of"],
  [{ consumers: ['a', 'b c'] }, "consumers has 'b c'. It takes a list of names of"],
  [{ consumers: ['a', 'a'] }, 'consumers is ["a","a"]. It takes a list of names of'],
  [{ consumers: [''] }, "consumers has ''. It takes"],
  [{ consumers: Array.from({ length: 21 }, (_, n) => `c${n}`) }, 'consumers is ["c0","c1"'],
  [{ tags: { team: 5 } }, 'tags has {"team":5}. It takes texts by name, 48 at most'],
  [{ tags: { 'aws:x': 'a' } }, 'tags has {"aws:x":"a"}. It takes'],
  [{ tags: { stage: 'prod' } }, 'tags has {"stage":"prod"}. It takes'],
  [{ tags: { 'verification-of': 'a/b' } }, 'tags has {"verification-of":"a/b"}. It takes'],
  [{ tags: { team: 'x'.repeat(256) } }, 'tags has {"team":"xxx'],
  [{ tags: ['team'] }, 'tags is ["team"]. It takes texts by name'],
  [{ onRemove: 'keep' }, "onRemove is 'keep'. It takes 'retain' or 'delete'."],
  [{ senders: ['jsn'] }, "senders has 'jsn'. Did you mean 'json'? It takes a list of json"],
  [{ senders: 'json' }, "senders is 'json'. It takes a list of json"],
  [{ senders: new Set(['json']) }, 'senders is a Set. It takes a list of json'],
  // biome-ignore lint/suspicious/noSparseArray: a comma too many is easily written.
  [{ origins: [, 'https://shop.example'] }, 'origins has undefined. It takes a list of origins'],
  [{ tags: new Map([['team', 'sales']]) }, 'tags is a Map. It takes texts by name'],
  [{ key: 'customerId' }, "key is 'customerId'. It takes '$.member', 'header:name'"],
  [{ key: { orElse: 'request-id' } }, 'key is {"orElse":"request-id"}. It takes \'$.member\''],
  [{ key: { from: 'header:x', or: 1 } }, 'key is {"from":"header:x","or":1}. It takes'],
  [{ delimiter: '\n' }, "delimiter is ' '. It takes 'newline'."],
  [{ envelope: 1 }, `envelope is 1. ${FLAG}`],
  [{ keepHeaders: ['X Y'] }, "keepHeaders has 'X Y'. It takes a list of names of headers"],
  [{ idHeader: "x'y" }, "idHeader is 'x'y'. It takes the name of a header."],
  [{ answer: 204 }, "answer is 204. It takes 'json' or 'empty'."],
  [{ authorization: 'none' }, "authorization is 'none'. Did you mean 'NONE'? It takes 'AWS_IAM'"],
  [{ origins: ['shop.example'] }, "origins has 'shop.example'. It takes a list of origins"],
  [{ throttle: { rate: 5 } }, 'throttle is {"rate":5}. It takes { rate:'],
  [{ refusedIsLost: false }, 'refusedIsLost is false. It takes true.'],
  [{ testRecords: 'local' }, `testRecords is 'local'. ${FLAG}`],
])('refuses %j of a stream', (settings, message) => {
  expect(refusal({ orders: settings })?.slice(0, `streams.ts: orders.${message}`.length)).toBe(
    `streams.ts: orders.${message}`,
  );
  // What another stage has is as wrong.
  expect(refusal({ orders: { stages: { 'prod-eu': settings } } })).toContain(
    `streams.ts: orders.stages.prod-eu.${message}`,
  );
});

test.each<[unknown, string]>([
  [{ orders: { retention: 24 } }, "orders has no member 'retention'. It has: streamName,"],
  [
    { orders: { retentionHour: 24 } },
    "orders has no member 'retentionHour'. Did you mean 'retentionHours'?",
  ],
  [{ orders: { 'retention-hours': 24 } }, "Did you mean 'retentionHours'?"],
  [{ orders: { stage: { prod: {} } } }, "orders has no member 'stage'. Did you mean 'stages'?"],
  [{ orders: { constructor: 1 } }, "orders has no member 'constructor'."],
  [{ orders: { stages: { prod: { stages: {} } } } }, "orders.stages.prod has no member 'stages'."],
  [{ orders: { stages: ['prod'] } }, 'orders.stages is ["prod"]. It takes members by stage.'],
  [{ orders: { stages: { prod: true } } }, 'orders.stages.prod is true. It takes an object.'],
  [
    { orders: { stages: { 'p rod': {} } } },
    "orders.stages.p rod: Stage 'p rod' cannot be deployed.",
  ],
  [{ orders: 2 }, 'orders is 2. It takes an object.'],
  [{ orders: null }, 'orders is null. It takes an object.'],
  [{ orders: new Map() }, 'orders is a Map. It takes an object.'],
  [new Map([['orders', {}]]), 'streams are declared as an object'],
  [['orders'], 'streams are declared as an object'],
  [{ '1st': {} }, "'1st' cannot be a stream's name."],
  [{ '': {} }, "'' cannot be a stream's name."],
  [{ 'a/b': {} }, "'a/b' cannot be a stream's name."],
  [{ ['x'.repeat(65)]: {} }, "cannot be a stream's name. It takes letters, digits, _ . and -, 64"],
  [{ 'a-b': {}, ab: {} }, "'a-b' and 'ab' differ only in punctuation or case"],
  [{ Orders: {}, orders: {} }, "'Orders' and 'orders' differ only in punctuation or case"],
  [
    { a: { streamName: 'x' }, b: { streamName: 'x' } },
    "'a' and b are the same stream in Kinesis, 'x'.",
  ],
  [
    { a: {}, b: { streamName: '${self:service}-${self:provider.stage}-a' } },
    "'a' and b are the same stream in Kinesis",
  ],
  [
    { a: { streamName: 'x' }, b: { stages: { prod: { streamName: 'x' } } } },
    "'a' and b.stages.prod are the same stream in Kinesis, 'x'.",
  ],
  [
    { a: { consumers: ['x-y', 'x.y'] } },
    "the consumers 'x-y' of a and 'x.y' of a differ only in punctuation",
  ],
  [
    { a: { consumers: ['stream-b'] }, 'a-stream': { consumers: ['b'] } },
    "the consumers 'stream-b' of a and 'b' of a-stream differ only in punctuation",
  ],
  [
    { a: { existing: true, shards: 2 } },
    "a: an existing stream stays as its owner made it: leave out 'shards'",
  ],
  [
    { a: { stages: { prod: { existing: true, onRemove: 'delete' } } } },
    'a.stages.prod: an existing stream',
  ],
  [{ a: { encryption: false, kmsKeyArn: KEY } }, "a: 'encryption' is false, and 'kmsKeyArn'"],
  [{ a: { keepHeaders: ['X-Y'] } }, 'a.keepHeaders needs envelope: true'],
  [
    { a: { keepHeaders: ['X-Y'], envelope: true, stages: { dev: { envelope: false } } } },
    'a.stages.dev.keepHeaders needs envelope: true',
  ],
])('refuses %j', (streams, message) => {
  expect(refusal(streams)).toMatch(/^streams\.ts: [^\n]+$/);
  expect(refusal(streams)).toContain(message);
});

test.each<[string, unknown]>([
  ['none', {}],
  ['one without members', { orders: {} }],
  [
    'the most that AWS takes',
    { a: { shards: 10_000, retentionHours: 8_760, maxRecordSizeKiB: 10_240 } },
  ],
  ['the least', { a: { shards: 1, retentionHours: 24, maxRecordSizeKiB: 1_024 } }],
  ['members that are undefined', { a: { shards: undefined, stages: undefined } }],
  ['20 consumers', { a: { consumers: Array.from({ length: 20 }, (_, n) => `c${n}`) } }],
  [
    'names whose variables the framework fills in',
    { a: { streamName: '${param:team}-orders', kmsKeyArn: '${ssm:/keys/orders}' } },
  ],
  [
    'a stage that contradicts the others',
    {
      a: {
        shards: 2,
        kmsKeyArn: KEY,
        stages: { prod: { existing: true }, local: { encryption: false } },
      },
    },
  ],
  [
    'the same name on different stages',
    { a: { stages: { dev: { streamName: 'x' } } }, b: { stages: { prod: { streamName: 'x' } } } },
  ],
  ['a name of punctuation that another stream has not', { 'a-b': {}, 'a-c': {} }],
])('takes %s', (_, streams) => {
  expect(refusal(streams)).toBeUndefined();
});

test('a wrong declaration is refused where it is written', () => {
  const wrong = { orders: { shards: '2' } } as unknown as { orders: { shards: number } };
  expect(() => declare(wrong)).toThrow("streams.ts: orders.shards is '2'.");
  expect(() => declaredStreams(wrong, { stage: 'dev', folder: '.' })).toThrow('orders.shards');
});

test('TypeScript knows each member and its values, also of a stage', () => {
  // @ts-expect-error misspelt
  expect(() => declare({ a: { shard: 2 } })).toThrow("Did you mean 'shards'?");
  // @ts-expect-error misspelt
  expect(() => declare({ a: { stages: { prod: { shard: 2 } } } })).toThrow(
    "Did you mean 'shards'?",
  );
  // @ts-expect-error another mode
  expect(() => declare({ a: { shards: 'provisioned' } })).toThrow('a.shards is');
  // @ts-expect-error no stages of stages
  expect(() => declare({ a: { stages: { prod: { stages: {} } } } })).toThrow('no member');
});

test('each member says what it takes in one line', () => {
  for (const { inWords } of Object.values(MEMBERS)) expect(inWords).toMatch(/^\S[^\n]+\S$/);
});
