import schema from '../../../../docs/event-envelope.schema.json';
import {
  ENVELOPE_MEMBERS,
  eventPreview,
  openEnvelope,
} from '../../../../hooks/viewer/format/envelope';
import { filterOf } from '../../../../hooks/viewer/format/filter';
import { jsonLine } from '../../../../hooks/viewer/format/record';
import { record } from '../support';

const BODY = '{"price": 1.10,\n "id": 12345678901234567890123, "a": 1, "a": 2}';

const enveloped = (body: unknown, more: Record<string, unknown> = {}) =>
  new TextEncoder().encode(
    JSON.stringify({
      id: 'ab-1',
      receivedAt: Date.UTC(2026, 0, 31, 9, 30),
      sourceIp: '203.0.113.7',
      userAgent: 'curl',
      method: 'POST',
      query: {},
      headers: { 'X-GitHub-Event': 'push' },
      contentType: 'application/json',
      body,
      ...more,
    }),
  );

test('an envelope is opened: its body is as it was sent', () => {
  expect(openEnvelope(enveloped(BODY))).toMatchObject({
    body: BODY,
    facts: { id: 'ab-1', headers: { 'X-GitHub-Event': 'push' } },
  });
});

test('an envelope has the members of its schema', () => {
  expect(ENVELOPE_MEMBERS).toEqual(schema.required);
});

test.each([
  ['no JSON', new TextEncoder().encode('{"id": ')],
  ['an array', new TextEncoder().encode('[1]')],
  ['bytes', new Uint8Array([0x7b, 0xff])],
  ['nothing', new Uint8Array()],
  ['an event with a member more', enveloped('x', { own: 1 })],
  ['an event whose body is no text', enveloped({ a: 1 })],
  ['an event that lacks a member', new TextEncoder().encode('{"id": "1", "body": "x"}')],
])('is not taken for an envelope: %s', (_, data) => {
  expect(openEnvelope(data)).toBeUndefined();
});

test('a line of JSON has it opened beside the raw bytes, numbers and members as they were sent', () => {
  const data = enveloped(BODY);
  const line = jsonLine(record({ data }));
  expect(line).toContain(
    '"contentType":"application/json","body":{"price":1.10,"id":12345678901234567890123,"a":1,"a":2}}}',
  );
  const { Text, Envelope } = JSON.parse(line);
  expect(Text).toBe(new TextDecoder().decode(data));
  expect(Envelope.id).toBe('ab-1');
});

test('a body that is text stays text in it', () => {
  const line = jsonLine(record({ data: enveloped('a=1&b="2"\u202e') }));
  expect(line).not.toContain('\u202e');
  expect(JSON.parse(line).Envelope.body).toBe('a=1&b="2"\u202e');
});

test('in a table the body is what is seen of it, and what the filter finds', () => {
  const data = enveloped('{"item":"lamp"}\n');
  expect(eventPreview(data)).toBe('{"item":"lamp"}␊');
  expect(eventPreview(new TextEncoder().encode('{"item":1}'))).toBe('{"item":1}');
  expect(filterOf({ text: '"ITEM":"lamp"' })(record({ data }))).toBe(true);
  expect(filterOf({ text: '"item":"pen"' })(record({ data }))).toBe(false);
});

test('a long body is cut as other data is', () => {
  expect(eventPreview(enveloped('x'.repeat(1_000)))).toMatch(/^x{400}…$/);
  // Not worth parsing for a line.
  expect(eventPreview(enveloped('x'.repeat(100_000)))).toMatch(/^\{"id":.*…$/);
});
