import Ajv from 'ajv-draft-04';
import fc from 'fast-check';
import schema from '../../../docs/event-envelope.schema.json';
import { type BodyKind, bodyKinds, bodyOf } from '../../../resources/events/senders';
import { requestTemplate } from '../../../resources/events/templates';
import type { KeySource, StreamSettings } from '../../../resources/streams/declaration';
import {
  RECEIVED_AT,
  REQUEST_ID,
  recordsOf,
  renderEvent,
  streamWith,
} from '../../support/render-event';

const SINGLES = ['json', 'text', 'form', 'cloudevents'] as const;
const ARRAYS = ['json-array', 'cloudevents-batch'] as const;

/** Texts that are easily damaged on the way, or that mean something to a template or to JSON. */
const HOSTILE = [
  '\ufeff{"a":1}',
  'NUL \u0000 DEL \u007f \u001f',
  'line\r\nline\n',
  '\u2028\u2029',
  'é 漢 🎉 e\u0301',
  '$input.body #set($x = 1) ${x} ## #foreach #end #* *#',
  `it's "quoted" \\ \\" \\' / \\/ </script>`,
  '","StreamName":"other","x":"',
  '{"a": 1.10, "b": 1e5, "b": 2, "big": 123456789012345678901234567890}',
  '%zz %00 + &=',
  'null',
  ' ',
  '\n',
];

/** A request with which every key below has the value `k-1`. */
const KEYED = {
  body: '{"id": "i-1", "customer": {"id": "k-1"}}',
  query: { k: 'k-1' },
  headers: { 'x-KEY': 'k-1' },
};

const KEYS: readonly (readonly [KeySource, string])[] = [
  ['$.customer.id', 'k-1'],
  ['header:X-Key', 'k-1'],
  ['query:k', 'k-1'],
  ['fixed:all', 'all'],
  ['request-id', REQUEST_ID],
];

/** Bodies that have the event in them, and what is stored of it. */
const WRAPPED: Readonly<Record<BodyKind, (event: string) => string>> = {
  json: (event) => event,
  text: (event) => event,
  form: (event) => event,
  cloudevents: (event) => event,
  'json-array': (event) => `[${event}]`,
  'cloudevents-batch': (event) => `[${event}]`,
  ndjson: (event) => `${event}\n`,
  pixel: () => '',
};

const isBatch = (kind: BodyKind) => bodyOf(kind).path === '/batch';

const CASES = bodyKinds.flatMap((kind) =>
  KEYS.filter(([key]) => !key.startsWith('$.') || bodyOf(kind).isJson).flatMap(([key, value]) =>
    [false, true].map((envelope) => [kind, key, envelope, value] as const),
  ),
);

test.each(CASES)('%s with key %s, envelope %s', (kind, key, envelope, value) => {
  const stream = streamWith({ key, envelope, senders: [] });
  const [record, ...others] = recordsOf(stream, kind, {
    ...KEYED,
    body: WRAPPED[kind](KEYED.body),
  });

  expect(others).toEqual([]);
  expect(record?.key).toBe(key === 'request-id' && isBatch(kind) ? `${value}-0` : value);
  const data = envelope ? JSON.parse(record?.data ?? '').body : record?.data;
  expect(data).toBe(
    kind === 'pixel'
      ? '{"k":"k-1"}'
      : kind.endsWith('array') || kind.endsWith('batch')
        ? '{"id":"i-1","customer":{"id":"k-1"}}'
        : KEYED.body,
  );
});

describe.each(SINGLES)('a body of %s', (kind) => {
  test.each(HOSTILE)('%j is stored byte for byte', (body) => {
    expect(recordsOf(streamWith(), kind, { body })).toEqual([{ data: body, key: REQUEST_ID }]);
  });

  test.each(HOSTILE)('%j is the same text in an envelope', (body) => {
    const [record] = recordsOf(
      streamWith({ envelope: true }),
      kind === 'cloudevents' ? 'json' : kind,
      { body },
    );
    expect(JSON.parse(record?.data ?? '').body).toBe(body);
  });
});

test('a body of 1 MiB is stored byte for byte', () => {
  const body = `{"x":"${'é"🎉'.replaceAll('"', '\\"').repeat(132_000)}"}`;
  expect(Buffer.byteLength(body)).toBeGreaterThan(1_048_576);
  expect(recordsOf(streamWith(), 'json', { body })[0]?.data === body).toBe(true);
});

test('any text is stored byte for byte, in any envelope, and stays in its place', () => {
  const plain = streamWith({ key: 'header:X-Key' });
  const enveloped = streamWith({
    key: 'query:k',
    envelope: true,
    keepHeaders: ['X-Kept'],
    delimiter: 'newline',
  });
  const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value !== '{}');
  const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 });
  fc.assert(
    fc.property(text, key, fc.string({ unit: 'binary' }), (body, value, other) => {
      expect(recordsOf(plain, 'text', { body, headers: { 'X-Key': value } })).toEqual([
        { data: body, key: value },
      ]);
      const query = { k: value, [other]: other };
      const headers = { 'x-kept': value, 'User-Agent': other, 'content-TYPE': other };
      const [record] = recordsOf(enveloped, 'text', { body, query, headers });
      expect(record?.key).toBe(query.k);
      expect(record?.data.endsWith('}\n')).toBe(true);
      expect(JSON.parse(record?.data ?? '')).toEqual({
        id: REQUEST_ID,
        receivedAt: RECEIVED_AT,
        sourceIp: '203.0.113.7',
        userAgent: other,
        method: 'POST',
        query,
        headers: { 'X-Kept': value },
        contentType: other,
        body,
      });
    }),
  );
});

test('any query is a JSON object', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (query) => {
      const [record] = recordsOf(streamWith(), 'pixel', { query });
      expect(JSON.parse(record?.data ?? '')).toEqual(query);
    }),
  );
});

test('any lines are stored byte for byte, without blank ones', () => {
  const line = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const filled = lines.filter((text) => /[^ \t\n\v\f\r]/.test(text));
      fc.pre(filled.length > 0);
      const body = lines.map((text) => `${text}${end}`).join('');
      fc.pre(body !== '{}');
      expect(recordsOf(streamWith(), 'ndjson', { body }).map(({ data }) => data)).toEqual(filled);
    }),
  );
});

test('blank lines count neither for the limit of a batch nor for the places of its events', () => {
  const body = `\n \r\n${Array.from({ length: 500 }, (_, i) => `${i}\r\n\n \t\n`).join('')}  `;
  const records = recordsOf(streamWith(), 'ndjson', { body });
  expect(records.map(({ data }) => data)).toEqual(Array.from({ length: 500 }, (_, i) => `${i}`));
  expect(records.at(-1)?.key).toBe(`${REQUEST_ID}-499`);
});

test('many blank lines take no time', () => {
  const body = `${'\n'.repeat(100_000)}a${' \n'.repeat(100_000)}b\n${' '.repeat(100_000)}`;
  expect(recordsOf(streamWith(), 'ndjson', { body }).map(({ data }) => data)).toEqual(['a ', 'b']);
});

test('a batch may be as large as Kinesis takes', () => {
  const body = `${'x'.repeat(14_000)}\n`.repeat(500);
  expect(recordsOf(streamWith(), 'ndjson', { body })).toHaveLength(500);
});

test('any array of events is a record an event, of the same JSON', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue({ stringUnit: 'binary' }), {
        minLength: 1,
      }),
      (events) => {
        const records = recordsOf(streamWith(), 'json-array', { body: JSON.stringify(events) });
        expect(records.map(({ data }) => JSON.parse(data))).toEqual(
          JSON.parse(JSON.stringify(events)),
        );
        expect(records.map(({ key }) => key)).toEqual(
          events.map((_, index) => `${REQUEST_ID}-${index}`),
        );
      },
    ),
  );
});

describe('a key', () => {
  const keyOf = (settings: StreamSettings, body: string) =>
    recordsOf(streamWith(settings), 'json', { body })[0]?.key;
  const refusalOf = (
    settings: StreamSettings,
    sent: Parameters<typeof recordsOf>[2],
    kind: BodyKind = 'json',
  ) => recordsOf(streamWith(settings), kind, sent).find(({ refused }) => refused)?.refused;

  test.each([
    ['"c-1"', 'c-1'],
    ['" "', ' '],
    ['42', '42'],
    ['0', '0'],
    ['-1.10', '-1.1'],
    ['1e5', '100000.0'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['true', 'true'],
    ['false', 'false'],
    ['"{}"', '{}'],
    ['"[1]"', '[1]'],
    [`"${'é'.repeat(256)}"`, 'é'.repeat(256)],
    [`"${'🎉'.repeat(128)}"`, '🎉'.repeat(128)],
    ['"a\\u0000\\"\\\\/\'\\u2028"', 'a\u0000"\\/\'\u2028'],
  ])('of %s counts as its text', (value, key) => {
    expect(keyOf({ key: '$.k' }, `{"k": ${value}}`)).toBe(key);
  });

  test.each([
    '{"k": null}',
    '{"k": ""}',
    '{"k": {"a": 1}}',
    '{"k": []}',
    '{"k": [1]}',
    '{"K": 1}',
    '{}',
    '[]',
    '1',
    'x',
  ])('is missing from %s', (body) => {
    expect(refusalOf({ key: '$.k' }, { body })).toBe(
      'refused|400|PartitionKeyMissing|The event has no member $.k, which is its partition key.|',
    );
    expect(keyOf({ key: { from: '$.k', orElse: 'request-id' } }, body)).toBe(REQUEST_ID);
  });

  test.each([
    ['header:X-Key', 'header X-Key'],
    ['query:k', 'query parameter k'],
  ] as const)('from %s that is not there is refused', (key, named) => {
    for (const kind of bodyKinds) {
      const body = WRAPPED[kind]('{"k": 1}');
      expect(
        refusalOf({ key }, { body, headers: { 'X-Key2': '1', 'Not-X-Key': '1' } }, kind),
      ).toContain(
        `|PartitionKeyMissing|${isBatch(kind) ? 'Event 0 (from 0)' : 'The event'} has no ${named}`,
      );
    }
  });

  test('from a header is not taken from the query', () => {
    const sent = { body: '1', query: { 'X-Key': 'forged', 'x-key': 'forged' } };
    expect(refusalOf({ key: 'header:X-Key' }, sent)).toContain('PartitionKeyMissing');
  });

  test.each(['x'.repeat(257), 'é'.repeat(257), '🎉'.repeat(129)])(
    'of more than 256 characters is refused, and not quoted',
    (key) => {
      const refused = refusalOf({ key: '$.k' }, { body: JSON.stringify({ k: key }) });
      expect(refused).toBe(
        'refused|400|PartitionKeyTooLong|The event has a partition key (member $.k) of more than 256 characters.|',
      );
    },
  );

  test('may be cut, between characters', () => {
    const cut = (k: string) => keyOf({ key: { from: '$.k', cut: true } }, JSON.stringify({ k }));
    expect(cut('x'.repeat(1_000))).toBe('x'.repeat(256));
    expect(cut('🎉'.repeat(200))).toBe('🎉'.repeat(128));
    expect(cut(`x${'🎉'.repeat(200)}`)).toBe(`x${'🎉'.repeat(127)}`);
    expect(cut('x')).toBe('x');
  });

  test.each(ARRAYS)('of each event of %s is its own', (kind) => {
    const body = '[{"k":"a"},{"k":2},{"k":true}]';
    expect(recordsOf(streamWith({ key: '$.k' }), kind, { body }).map(({ key }) => key)).toEqual([
      'a',
      '2',
      'true',
    ]);
  });

  test('of one event of a batch that is missing refuses all, and nothing follows it', () => {
    const body = '[{"k":"a"},{},{"k":"b"},{}]';
    expect(
      recordsOf(streamWith({ key: '$.k' }), 'json-array', { body }).map(({ refused }) => refused),
    ).toEqual([
      undefined,
      'refused|400|PartitionKeyMissing|Event 1 (from 0) has no member $.k, which is its partition key.|',
    ]);
  });
});

describe('elements of an array', () => {
  test.each([
    ['{"a": 1.10}', '{"a":1.1}'],
    ['{"b":1,"a":2}', '{"b":1,"a":2}'],
    ['1e5', '100000.0'],
    ['null', 'null'],
    ['""', '""'],
    ['"null"', '"null"'],
    ['false', 'false'],
    ['[]', '[]'],
    ['"http://x/y \\\\/ \\\\\\\\/"', '"http://x/y \\\\/ \\\\\\\\/"'],
  ])('%s is printed as %s', (element, printed) => {
    expect(recordsOf(streamWith(), 'json-array', { body: ` [ ${element} ]` })[0]?.data).toBe(
      printed,
    );
  });
});

describe('ids', () => {
  const idsOf = (
    kind: BodyKind,
    sent: Parameters<typeof recordsOf>[2],
    settings: StreamSettings = {},
  ) =>
    recordsOf(streamWith({ envelope: true, ...settings }), kind, sent).map(
      ({ data }) => JSON.parse(data).id,
    );

  test.each([
    [{}, REQUEST_ID],
    [{ 'idempotency-key': 'a' }, 'a'],
    [{ 'CE-ID': 'b', 'Idempotency-Key': 'a' }, 'b'],
    [{ 'x-delivery': 'c"', 'ce-id': 'b', 'Idempotency-Key': 'a' }, 'c"'],
  ])('of headers %j is %s', (headers, id) => {
    const settings = { idHeader: 'X-Delivery' };
    expect(
      idsOf('json', { body: '1', headers: { ...headers } as Record<string, string> }, settings),
    ).toEqual([id]);
  });

  test('of a batch are the header and the index, so that a retry has the same', () => {
    const sent = { body: '[1,2]', headers: { 'Idempotency-Key': 'a' } };
    expect(idsOf('json-array', sent)).toEqual(['a-0', 'a-1']);
    expect(idsOf('ndjson', { body: '1\n2' })).toEqual([`${REQUEST_ID}-0`, `${REQUEST_ID}-1`]);
  });

  test('of CloudEvents are their own', () => {
    const headers = { 'ce-id': 'header' };
    expect(idsOf('cloudevents', { body: '{"id":"e-1"}', headers })).toEqual(['e-1']);
    expect(idsOf('cloudevents', { body: '{"x":1}', headers })).toEqual(['header']);
    expect(idsOf('cloudevents-batch', { body: '[{"id":"e-1"},{"x":1}]' })).toEqual([
      'e-1',
      `${REQUEST_ID}-1`,
    ]);
  });
});

test('every envelope is as its published schema says', () => {
  const isEnvelope = new Ajv().compile(schema);
  for (const kind of bodyKinds) {
    const stream = streamWith({ envelope: true, keepHeaders: ['X-Kept'], senders: [] });
    const full = { headers: { 'x-kept': 'a', 'User-Agent': 'b', 'ce-id': 'c' }, query: { d: 'e' } };
    for (const sent of [{}, full]) {
      const [record] = recordsOf(stream, kind, { ...sent, body: WRAPPED[kind]('{"a":1}') });
      isEnvelope(JSON.parse(record?.data ?? ''));
      expect(isEnvelope.errors).toBeNull();
    }
  }
});

describe('a newline', () => {
  const stored = (kind: BodyKind, body: string, envelope = false) =>
    recordsOf(streamWith({ delimiter: 'newline', envelope }), kind, { body }).map(
      ({ data }) => data,
    );

  test.each([
    ['{"a":1}', '{"a":1}\n'],
    ['{"a":1}\n', '{"a":1}\n'],
    ['a\r\n', 'a\r\n'],
    ['a\n\n', 'a\n\n'],
    ['a\nb', 'a\nb\n'],
    ['a\r', 'a\r\n'],
    ['a\u2028', 'a\u2028\n'],
  ])('ends %j', (body, data) => {
    expect(stored('text', body)).toEqual([data]);
  });

  test('ends each record of a batch, and each envelope', () => {
    expect(stored('ndjson', '1\r\n2')).toEqual(['1\n', '2\n']);
    expect(stored('json-array', '[1,"\\n"]')).toEqual(['1\n', '"\\n"\n']);
    expect(stored('text', 'a\n', true)[0]).toMatch(/"body":"a\\n"\}\n$/);
  });
});

describe('an origin', () => {
  const origins = ['https://a.example', 'http://localhost:3000'];
  const refusedBy = (headers: Record<string, string>, kind: BodyKind = 'json') =>
    recordsOf(streamWith({ origins }), kind, { body: WRAPPED[kind]('1'), headers }).some(
      ({ refused }) => refused,
    );

  test.each(['https://a.example', 'http://localhost:3000'])(
    'that is listed (%s) passes',
    (origin) => {
      for (const kind of bodyKinds) expect(refusedBy({ origin }, kind)).toBe(false);
    },
  );

  test.each([
    'https://b.example',
    'https://a.example.evil',
    'https://a.example/',
    'HTTPS://A.EXAMPLE',
    'https://a.example,http://localhost:3000',
    'https://a.example https://evil.example',
    'null',
    ' ',
    "', 'https://evil.example",
  ])('that is not (%j) is refused', (origin) => {
    for (const kind of bodyKinds) expect(refusedBy({ ORIGIN: origin }, kind)).toBe(true);
  });

  test('that is not there passes: programs have none', () => {
    expect(refusedBy({})).toBe(false);
  });
});

test('every request names its stream for the access log', () => {
  for (const kind of bodyKinds) {
    expect(renderEvent(streamWith(), kind, { body: WRAPPED[kind]('1') }).logged).toBe('orders');
  }
});

test('a stream that asks for nothing has small templates', () => {
  for (const kind of bodyKinds)
    expect(requestTemplate(streamWith(), kind).length).toBeLessThan(1_600);
});
