import { senderNames } from '../events/senders';
import { KMS_KEY, ONE_ORIGIN } from '../parameters/forms';
import { TAGS } from '../tags';
import type { StreamSettings } from './declaration';
import { door } from './door';
import {
  either,
  flag,
  isObject,
  listOf,
  type MemberKind,
  oneOf,
  only,
  text,
  textOrVariable,
  wholeNumber,
} from './kinds';

/**
 * Kinesis's names of streams and consumers.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html
 */
export const KINESIS_NAME = /^[A-Za-z0-9_.-]{1,128}$/;
const NAME_IN_WORDS = 'letters, digits, _ . and -, 128 at most';

/**
 * Of a stream in provisioned or on-demand standard mode.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html
 */
const MOST_CONSUMERS = 20;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
const MOST_SHARDS = 10_000;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html */
const RETENTION_HOURS = [24, 8_760] as const;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html */
const RECORD_KIB = [1_024, 10_240] as const;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_TagResource.html */
const MOST_TAGS = 50;

/** Cognito's own have a prefix: `cognito:groups`, `custom:tenant`. */
const CLAIM = /^[A-Za-z_][A-Za-z0-9_.:/-]{0,127}$/;

const HEADER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

const file = (ofWhat: string) =>
  text(`the path of a file with ${ofWhat}, from the folder of serverless.ts`, /^[^\0\r\n]+$/);

const key = text(
  "'$.member', 'header:name', 'query:name', 'fixed:text' or 'request-id'",
  /^(\$\.[^\r\n]+|(header|query|fixed):[^\r\n]+|request-id)$/,
);

/** An object of these members alone, of which some may be missing. */
const objectOf = (
  inWords: string,
  members: Readonly<Record<string, MemberKind>>,
  required: readonly string[],
): MemberKind => ({
  takes: (value) =>
    isObject(value) &&
    required.every((name) => value[name] !== undefined) &&
    Object.entries(value).every(
      ([name, item]) =>
        Object.hasOwn(members, name) && (item === undefined || members[name]?.takes(item)),
    ),
  inWords,
});

const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@%]{1,128}$/iu;
const TAG_VALUE = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@%]{0,255}$/iu;
const ownTags = TAGS.map(({ Key }) => Key);

/** The sweep deletes no stream that is tagged as another's. */
const SWEEPS_TAG = 'verification-of';

/** https://docs.aws.amazon.com/streams/latest/dev/tagging.html */
const tags: MemberKind = {
  takes: (value) => isObject(value) && Object.keys(value).length <= MOST_TAGS - ownTags.length,
  inWords: `texts by name, ${MOST_TAGS - ownTags.length} at most: names of 1 to 128 and values of up to 255 letters, digits, spaces and _.:/=+-@%, not beginning with aws:, and not ${[...ownTags, SWEEPS_TAG].join(', ')}, which are the project's`,
  parts: (value) =>
    Object.entries(isObject(value) ? value : {}).map(([name, item]) => ({
      given: { [name]: item },
      isRight:
        TAG_KEY.test(name) &&
        ![...ownTags, SWEEPS_TAG].includes(name) &&
        textOrVariable('', TAG_VALUE).takes(item),
    })),
};

/** Every member of a declaration, and the values that it takes. */
export const MEMBERS: { readonly [Name in keyof Required<StreamSettings>]: MemberKind } = {
  streamName: textOrVariable(NAME_IN_WORDS, KINESIS_NAME),
  existing: flag,
  shards: either(wholeNumber('shards', 1, MOST_SHARDS), only('on-demand')),
  retentionHours: wholeNumber('hours', ...RETENTION_HOURS),
  encryption: flag,
  kmsKeyArn: textOrVariable(
    'the ARN of a KMS key, arn:aws:kms:<region>:<account>:key/<id>',
    KMS_KEY,
  ),
  maxRecordSizeKiB: wholeNumber('KiB', ...RECORD_KIB),
  consumers: listOf(text(`names of ${NAME_IN_WORDS}`, KINESIS_NAME), MOST_CONSUMERS),
  tags,
  onRemove: oneOf('retain', 'delete'),

  schema: file('a JSON Schema'),
  sample: file('a valid event'),
  refusedIsLost: only(true),

  senders: listOf(oneOf(...senderNames)),
  key: either(
    key,
    objectOf(
      "{ from: such a text, orElse: 'request-id', cut: true }",
      { from: key, orElse: only('request-id'), cut: only(true) },
      ['from'],
    ),
  ),
  delimiter: only('newline'),
  envelope: flag,
  keepHeaders: listOf(text('names of headers', HEADER), 50),
  keepClaims: listOf(text('names of claims, or of values of an authorizer', CLAIM), 50),
  idHeader: text('the name of a header', HEADER),
  answer: oneOf('json', 'empty'),
  pixel: oneOf('svg', 'empty'),

  authorization: door,
  origins: listOf(
    text('origins as browsers send them, such as https://shop.example', ONE_ORIGIN),
    50,
  ),
  throttle: objectOf(
    '{ rate: requests a second, burst: requests at once }, as throttleRate and throttleBurst',
    {
      rate: wholeNumber('requests a second', 1, 999_999),
      burst: wholeNumber('requests', 1, 99_999),
    },
    ['rate', 'burst'],
  ),
  testRecords: flag,
};

export const memberNames = Object.keys(MEMBERS) as (keyof typeof MEMBERS)[];
