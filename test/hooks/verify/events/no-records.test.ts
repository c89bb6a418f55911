import { MARK } from '../../../../hooks/stage/test-records';
import { eventChecks } from '../../../../hooks/verify/events';
import { failedOf } from '../../../../hooks/verify/verify';
import type { Streams } from '../../../../resources/streams/declaration';
import { type Damage, type MethodProperties, properties } from '../../../faults/damage';
import { deployStage } from '../../../faults/stage';
import { verifyStage } from '../../../faults/verify-fault';
import { recordTexts } from '../../../support/record-texts';

// No test record stands where consumers read: not on a sound stage (sound.test.ts), and not on one
// whose fences are down, where each probe is one that the endpoint takes.

const STREAMS = {
  orders: { shards: 2, schema: 'schemas/order.json', key: '$.customerId' },
  clicks: {
    senders: ['beacon', 'pixel', 'ndjson'],
    authorization: 'NONE',
    origins: ['https://shop.example'],
    envelope: true,
  },
  github: { senders: ['webhook'], envelope: true, key: '$.repository.full_name' },
  lines: {
    senders: ['json', 'json-array', 'form', 'cloudevents', 'cloudevents-batch', 'ndjson'],
    delimiter: 'newline',
    answer: 'empty',
  },
} as const satisfies Streams;

const EVENT_METHOD = /^Events.*Method$/;

/** Takes down what keeps events out, at each endpoint. */
const withoutFences: Damage = (template) => {
  for (const id of Object.keys(template.Resources).filter((each) => EVENT_METHOD.test(each))) {
    const method = properties<MethodProperties>(template, id);
    if (method.HttpMethod === 'OPTIONS') continue;
    method.AuthorizationType = 'NONE';
    method.ApiKeyRequired = false;
    delete method.RequestModels;
    const { Integration } = method;
    Integration.PassthroughBehavior = 'WHEN_NO_MATCH';
    const templates = Integration.RequestTemplates;
    for (const [type, text] of Object.entries(templates)) {
      templates[type] = text
        .replaceAll('$key.length() > 256', '$key.length() > 99999')
        .replaceAll("$key == ''", "$key == 'never'")
        .replaceAll('!$origins.contains($origin)', "$origin == 'never'")
        .replaceAll("$input.body == '{}'", "$input.body == 'never'");
    }
    const [any = ''] = Object.values(templates);
    for (const type of [
      'application/xml',
      'application/octet-stream',
      'application/json',
      'text/plain',
    ]) {
      templates[type] ??= any;
    }
  }
};

test('verification leaves no record where the fences of all endpoints are down, of which it tells', async () => {
  const stage = await deployStage({
    parameters: { authorization: 'AWS_IAM' },
    streams: STREAMS,
    template: withoutFences,
  });
  const checks = eventChecks(stage.target.streams);

  const report = await verifyStage(stage, { checks, comparesCheckout: false });

  expect(failedOf(report).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'events/orders/Access',
      'events/orders/Key',
      'events/clicks/ForeignOrigin',
    ]),
  );
  expect(await recordTexts(stage)).toEqual([]);
});

test('where they are allowed they bear a mark', async () => {
  const { lines } = STREAMS;
  const stage = await deployStage({ streams: { lines: { ...lines, testRecords: true } } });

  await verifyStage(stage, { checks: eventChecks(stage.target.streams) });

  const all = await recordTexts(stage);
  expect(all.length).toBeGreaterThan(500);
  expect(all.filter((text) => !text.includes(MARK))).toEqual([]);
});

test('keys and envelopes of any header are verified', async () => {
  const headers = {
    senders: ['json', 'json-array', 'pixel'],
    key: 'header:X-Tenant',
    envelope: true,
    keepHeaders: ['x-tenant', 'User-Agent', 'Content-Type', 'Origin', 'X-Forwarded-For', 'X-Kept'],
    testRecords: true,
  } as const;
  const stage = await deployStage({
    streams: {
      headers,
      agents: { senders: ['json'], key: 'header:User-Agent', testRecords: true },
    },
  });

  const report = await verifyStage(stage, { checks: eventChecks(stage.target.streams) });

  expect(failedOf(report).map(({ name, outcome }) => [name, outcome])).toEqual([]);
});
