import { stackChecks } from '../../../../hooks/verify/checks/stack';
import { eventChecks } from '../../../../hooks/verify/events';
import { failure } from '../../../../hooks/verify/report';
import type { Report } from '../../../../hooks/verify/verify';
import type { Streams } from '../../../../resources/streams/declaration';
import { KAFKA_REST_URL } from '../../../faults/backends';
import { deployStage, type StageOptions } from '../../../faults/stage';
import { verifyStage } from '../../../faults/verify-fault';
import { recordTexts } from '../../../support/record-texts';

// A sound stage with declared streams passes, whatever its parameters are, with test records and
// where consumers read: there
// not one record is left.

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555551';
const SHOP = 'https://shop.example';
const ADMIN = 'https://admin.example:8443';

/** A stream of each kind; no two endpoints do the same. */
const KINDS = {
  orders: {
    shards: 2,
    retentionHours: 72,
    schema: 'schemas/order.json',
    key: '$.customerId',
    consumers: ['billing'],
  },
  contacts: {
    schema: 'schemas/contact.json',
    key: { from: '$.customerId', cut: true },
    senders: ['json', 'cloudevents-batch'],
  },
  clicks: {
    shards: 'on-demand',
    senders: ['beacon', 'pixel', 'ndjson'],
    authorization: 'NONE',
    origins: [SHOP],
    envelope: true,
  },
  github: {
    senders: ['webhook'],
    authorization: 'NONE',
    envelope: true,
    keepHeaders: ['X-Hub-Signature-256', 'X-GitHub-Event'],
    key: '$.repository.full_name',
  },
  visits: {
    senders: ['form', 'text', 'pixel'],
    origins: [SHOP, ADMIN],
    answer: 'empty',
    pixel: 'empty',
    delimiter: 'newline',
    key: 'header:X-Visitor',
  },
  audit: {
    senders: ['cloudevents', 'json-array'],
    authorization: 'AWS_IAM',
    key: { from: 'query:tenant', orElse: 'request-id' },
    kmsKeyArn: KEY,
    throttle: { rate: 1_000, burst: 1_000 },
  },
  open: { senders: ['beacon'], authorization: 'NONE', key: 'fixed:all' },
  silent: { senders: [] },
} as const satisfies Streams;

const withRecords = (streams: Streams): Streams =>
  Object.fromEntries(
    Object.entries(streams).map(([name, stream]) => [name, { ...stream, testRecords: true }]),
  );

/** Everything that a report complains of. */
const complaints = ({ results, target }: Report): string[] =>
  results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'failed') return [`${name}: ${failure(outcome, target).join('\n')}`];
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    return [`${name} ${outcome.status}: ${outcome.because}`];
  });

const one = (name: keyof typeof KINDS): Streams => ({ [name]: KINDS[name] });

test.each<[string, StageOptions]>([
  ['open', { streams: withRecords(KINDS) }],
  ['closed, where consumers read', { parameters: { authorization: 'AWS_IAM' }, streams: KINDS }],
  [
    'with keys and several origins',
    {
      parameters: { authorization: 'API_KEY', corsOrigins: `https://a.example,${SHOP}` },
      streams: withRecords({ ...one('visits'), ...one('audit'), ...one('clicks') }),
    },
  ],
  [
    'with every origin, where consumers read',
    { parameters: { corsOrigins: '*' }, streams: { ...one('visits'), ...one('github') } },
  ],
  [
    'that manages no streams and has a Kafka REST proxy',
    {
      parameters: {
        authorization: 'AWS_IAM',
        manageStreams: 'false',
        streams: 'orders-*',
        kafkaRestUrl: KAFKA_REST_URL,
      },
      streams: withRecords({ ...one('open'), ...one('contacts') }),
    },
  ],
  [
    "under somebody else's API",
    {
      existingApi: true,
      parameters: { authorization: 'AWS_IAM', corsOrigins: ADMIN },
      streams: withRecords({ ...one('github'), ...one('visits'), ...one('open') }),
    },
  ],
  ['with no endpoint for its streams', { parameters: { kmsKeyArns: KEY }, streams: one('silent') }],
])('a sound stage %s', async (_, options) => {
  const stage = await deployStage(options);
  const checks = { ...stackChecks, ...eventChecks(stage.target.streams) };

  const report = await verifyStage(stage, { checks });

  expect(complaints(report)).toEqual([]);
  expect(report.tally.faulty).toBe(0);
  const takesRecords = stage.target.streams.some(({ testRecords }) => testRecords);
  expect((await recordTexts(stage)).length > 0).toBe(takesRecords);
});
