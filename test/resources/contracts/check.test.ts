import { contractMistake as mistakeOf } from '../../../resources/contracts/check';
import type { Sender } from '../../../resources/events/senders';
import { declaredOnDev } from '../../support/in-process-stage';

type Stream = Parameters<typeof mistakeOf>[0];

const contractMistake = (stream: Omit<Stream, 'key'> & Partial<Stream>) =>
  mistakeOf({ key: { from: 'request-id' }, ...stream });

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

test.each([
  ['$.customer', { customer: 'c-7' }, true],
  ['$.customer', { customer: 0 }, true],
  ['$.customer.id', { customer: { id: false } }, true],
  ['$.customer', {}, false],
  ['$.customer', { customer: '' }, false],
  ['$.customer', { customer: { id: 1 } }, false],
  ['$.customer.id', { customer: 'c-7' }, false],
] as const)('a sample must have its key: %s of %j', (from, members, isThere) => {
  const keyed = { ...contract, sample: JSON.stringify({ id: 1, ...members }) };
  const told = contractMistake({ contract: keyed, senders: ['json'], key: { from } });
  expect(told === undefined).toBe(isThere);
  if (!isThere) expect(told).toContain(`key is '${from}', and order.sample.json has no text`);
  const orElse = { from, orElse: 'request-id' } as const;
  expect(contractMistake({ contract: keyed, senders: ['json'], key: orElse })).toBeUndefined();
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
