import { contractMistake } from '../../../resources/contracts/check';
import type { Sender } from '../../../resources/events/senders';
import { declaredOnDev } from '../../support/in-process-stage';

const contract = {
  schemaFile: 'order.json',
  sampleFile: 'order.sample.json',
  schema: { required: ['id'] },
  sample: '{"id": 1}',
};

test.each<Sender>(['text', 'beacon', 'form', 'ndjson', 'pixel'])(
  'a schema is refused beside the sender %s, whose events API Gateway cannot check',
  (sender) => {
    expect(contractMistake({ contract, senders: ['json', sender], refusedIsLost: true })).toBe(
      `schema is 'order.json', and API Gateway checks JSON and CloudEvents only, not what sender '${sender}' sends. Declare a second stream for '${sender}', without a schema.`,
    );
    expect(contractMistake({ senders: [sender] })).toBeUndefined();
  },
);

test('a schema beside a sender that never sends again is said twice', () => {
  expect(contractMistake({ contract, senders: ['webhook'] })).toMatch(
    /^schema is 'order\.json', and sender 'webhook' does not send again .* say refusedIsLost: true;/,
  );
  expect(contractMistake({ contract, senders: ['webhook'], refusedIsLost: true })).toBeUndefined();
});

test('a schema that an empty body satisfies is refused, where bodies are events', () => {
  const loose = { ...contract, schema: { properties: { id: {} } } };
  expect(contractMistake({ contract: loose, senders: ['json'] })).toBe(
    `schema is 'order.json', which takes {}: API Gateway takes an empty body for that. Say what an event must have, with 'required', or "minProperties": 1.`,
  );
  expect(contractMistake({ contract: loose, senders: ['webhook'], refusedIsLost: true })).toMatch(
    /which takes \{\}/,
  );
  expect(contractMistake({ contract: loose, senders: ['json-array', 'cloudevents'] })).toBe(
    undefined,
  );
});

test('it is refused where the streams are declared for a stage', () => {
  const orders = { schema: 'schemas/order.json' };
  expect(() => declaredOnDev({ orders: { ...orders, senders: ['webhook'] } })).toThrow(
    "streams.ts: orders.schema is 'schemas/order.json', and sender 'webhook'",
  );
  expect(declaredOnDev({ orders })).toMatchObject([
    { contract: { sampleFile: 'schemas/order.sample.json' } },
  ]);
});
