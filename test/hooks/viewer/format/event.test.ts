import schema from '../../../../docs/event-envelope.schema.json';
import { ENVELOPE_MEMBERS } from '../../../../hooks/viewer/format/envelope';
import { eventPreview, openEvent } from '../../../../hooks/viewer/format/event';
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
  expect(openEvent(enveloped(BODY))).toMatchObject({
    body: BODY,
    envelope: { facts: { id: 'ab-1', headers: { 'X-GitHub-Event': 'push' } } },
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
  expect(openEvent(data)).toBeUndefined();
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

describe('CloudEvents', () => {
  const event = (more: string) =>
    new TextEncoder().encode(
      `{"specversion":"1.0","id":"e-1","source":"/shop","type":"order.created", "tenant": "t1"${more}}`,
    );

  test.each([
    [', "data": {"price": 1.10}', '{"price":1.10}'],
    [', "data": "a=1&b=2"', 'a=1&b=2'],
    [', "data": [1e400], "time": null', '[1e400]'],
    ['', ''],
    [', "data": null', ''],
    [', "data_base64": "not base64!"', 'not base64!'],
    [', "x": {"data": 1}, "data": {"data": [{"data": "}"}]}, "y": 2', '{"data":[{"data":"}"}]}'],
  ])('structured%s: the data is as it was sent', (more, body) => {
    const opened = openEvent(event(more));
    expect(opened?.body).toBe(body);
    expect(opened?.cloudEvent?.attributes).toMatchObject({
      type: 'order.created',
      source: '/shop',
      tenant: 't1',
    });
  });

  test('bytes are bytes', () => {
    expect(openEvent(event(', "data_base64": "AP8="'))?.body).toEqual(new Uint8Array([0, 255]));
    expect(eventPreview(event(', "data_base64": "AP8="'))).toBe('order.created · 00 ff');
  });

  test('in an envelope: structured in its body, binary in its headers', () => {
    const structured = openEvent(enveloped(new TextDecoder().decode(event(', "data": 1.10'))));
    expect(structured).toMatchObject({ body: '1.10', envelope: { facts: { id: 'ab-1' } } });
    const headers = { 'ce-type': 'gr%C3%B6%C3%9Fe', 'Ce-Source': '100%', 'X-Page': 'home' };
    const binary = enveloped('{"price": 1.10}', { headers });
    expect(openEvent(binary)?.cloudEvent?.attributes).toEqual({
      id: 'ab-1',
      datacontenttype: 'application/json',
      type: 'größe',
      source: '100%',
    });
    expect(eventPreview(binary)).toBe('größe · {"price": 1.10}');
  });

  test('a line of JSON has them, with numbers as they were sent', () => {
    const structured = jsonLine(record({ data: event(', "data": {"price": 1.10}') }));
    expect(structured).toContain('"CloudEvent":{"specversion":"1.0",');
    expect(structured).toContain('"data":{"price":1.10}}}');
    const headers = { 'ce-type': 'order.created' };
    const binary = jsonLine(record({ data: enveloped('{"price": 1.10}', { headers }) }));
    expect(JSON.parse(binary).CloudEvent).toMatchObject({ type: 'order.created', id: 'ab-1' });
    expect(binary).toContain('"data":{"price":1.10}}}');
  });

  test('the filter finds what is in their data', () => {
    const data = event(`, "data_base64": "${Buffer.from('teapot').toString('base64')}"`);
    expect(filterOf({ text: 'TEAPOT' })(record({ data }))).toBe(true);
  });

  test.each([
    '{"specversion":"1.0"}',
    '{"specversion":"1.0","id":"","source":"s","type":"t"}',
    '["specversion"]',
  ])('is not taken for one: %s', (text) => {
    expect(openEvent(new TextEncoder().encode(text))).toBeUndefined();
  });
});
