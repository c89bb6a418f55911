import fc from 'fast-check';
import { eventMistake } from '../../../resources/events/check';
import { parseKey } from '../../../resources/events/key-source';
import { senderNames } from '../../../resources/events/senders';
import { declare } from '../../../resources/streams/declaration';

test.each([
  {},
  { key: '$.customerId' },
  { key: '$.a.b_c.d-e', senders: ['json', 'json-array', 'cloudevents', 'cloudevents-batch'] },
  { key: '$.repository.full_name', senders: ['webhook'] },
  { key: '$.user', senders: ['json', 'pixel'] },
  { key: 'header:X-Customer', senders: ['ndjson', 'text', 'form', 'beacon', 'pixel'] },
  { key: 'query:customer.id' },
  { key: 'fixed:all of them' },
  { key: { from: '$.id', orElse: 'request-id', cut: true } },
  { envelope: true, keepHeaders: ['X-GitHub-Event'], idHeader: 'X-GitHub-Delivery' },
] as const)('%j can be meant', (settings) => {
  expect(eventMistake(settings)).toBeUndefined();
  expect(() => declare({ orders: settings })).not.toThrow();
});

test.each(['ndjson', 'text', 'form', 'beacon'] as const)(
  "a key in a member beside sender '%s' is refused, also for one stage",
  (sender) => {
    const refusal = `key is '$.id', and API Gateway cannot read members of what sender '${sender}' sends`;
    expect(() => declare({ orders: { key: '$.id', senders: ['json', sender] } })).toThrow(
      `streams.ts: orders.${refusal}`,
    );
    expect(() =>
      declare({ orders: { key: '$.id', stages: { prod: { senders: [sender] } } } }),
    ).toThrow(`streams.ts: orders.stages.prod.${refusal}`);
  },
);

test.each([
  [{ key: '$.a.b', senders: ['pixel'] }, "a pixel's event is its query"],
  [{ key: { from: 'request-id', cut: true } }, 'leave out orElse and cut'],
  [{ key: { from: 'fixed:a', orElse: 'request-id' } }, 'leave out orElse and cut'],
  [{ idHeader: 'X-A', envelope: false }, 'idHeader needs envelope: true'],
] as const)('%j cannot be meant', (settings, told) => {
  expect(() => declare({ orders: settings })).toThrow(told);
});

test.each([
  '$',
  '$.',
  '$.a.',
  '$..a',
  '$.a[0]',
  "$['a']",
  '$.a b',
  '$.é',
  'a',
  '',
  'header:',
  'header:X Y',
  'query:a"b',
  'fixed:',
  `fixed:${'a'.repeat(257)}`,
  "fixed:it's",
  'fixed:$input.body',
  'fixed:#set',
  'member:a',
  'Request-Id',
])('a key from %j is refused', (key) => {
  expect(eventMistake({ key })).toContain(`key is '${key}'. It takes '$.member', 'header:Name'`);
});

test('what a key is taken from never means anything to a template', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('$.', 'header:', 'query:', 'fixed:'),
      fc.string({ unit: 'binary' }),
      (form, text) => {
        const parsed = parseKey(`${form}${text}`);
        const used = JSON.stringify(parsed ?? '').replace(/^\{"from":"\w+"/, '');
        expect(used).not.toMatch(/[$#'\\]/);
      },
    ),
  );
});

test('every sender is known', () => {
  for (const sender of senderNames) expect(eventMistake({ senders: [sender] })).toBeUndefined();
});
