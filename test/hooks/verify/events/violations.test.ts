import { violations } from '../../../../hooks/verify/events/violations';

/** What is said of each violation, with the part of the event that is wrong. */
const told = (schema: object, sample: unknown) =>
  Object.fromEntries(
    violations(schema as Readonly<Record<string, unknown>>, sample).map(({ what, event }) => [
      what,
      event,
    ]),
  );

test.each([
  ['type', { type: 'integer' }, 7, 'x'],
  ['type', { type: ['string', 'null'] }, 'x', 7],
  ['enum', { enum: ['a', 'b'] }, 'a', 'a-none'],
  ['enum', { enum: [1, 3] }, 1, 4],
  ['minimum', { minimum: 2 }, 3, 1],
  ['exclusiveMinimum', { minimum: 0, exclusiveMinimum: true }, 3, 0],
  ['maximum', { maximum: 9 }, 3, 10],
  ['exclusiveMaximum', { maximum: 9, exclusiveMaximum: true }, 3, 9],
  ['multipleOf', { multipleOf: 2 }, 4, 5],
  ['minLength', { minLength: 2 }, 'ab', 'x'],
  ['maxLength', { maxLength: 2 }, 'ab', 'xxx'],
  ['pattern', { pattern: '^[a-z]*$' }, 'ab', '#'],
  ['format', { format: 'date-time' }, '2026-01-31T09:30:00Z', 'yesterday'],
  ['minItems', { minItems: 1 }, [1], []],
  ['maxItems', { maxItems: 1 }, [1], [1, 1]],
  ['uniqueItems', { uniqueItems: true }, [1, 2], [1, 1]],
  ['additionalItems', { items: [{}], additionalItems: false }, [1], [1, 7]],
  ['required', { required: ['a'] }, { a: 1, b: 2 }, { b: 2 }],
  ['additionalProperties', { additionalProperties: false }, {}, { verifyUnknown: 1 }],
  ['minProperties', { minProperties: 1 }, { a: 1 }, {}],
  ['maxProperties', { maxProperties: 1 }, { a: 1 }, { x0: 1, x1: 1 }],
  ['anyOf', { anyOf: [{ type: 'string' }, { type: 'integer' }] }, 'x', {}],
  ['anyOf', { type: 'string', anyOf: [{ maxLength: 2 }, { enum: ['long'] }] }, 'x', 'xxx'],
  ['anyOf', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, c: 1 }, { c: 1 }],
  ['oneOf', { type: 'number', oneOf: [{ minimum: 5 }, { maximum: 1 }] }, 7, 4],
  ['not', { type: 'string', not: { enum: ['none'] } }, 'x', 'none'],
  ['not', { not: { required: ['old'] } }, { a: 1 }, { a: 1, old: 'x' }],
  ['not', { type: ['string', 'null'], not: { type: 'null' } }, 'x', null],
  ['dependencies', { dependencies: { a: ['b'] } }, { a: 1, b: 2 }, { a: 1 }],
  ['dependencies', { dependencies: { a: ['b'] } }, { c: 1 }, { a: 'x', c: 1 }],
])('%s of %j is violated', (keyword, schema, sample, wrong) => {
  expect(told(schema, sample)[`${keyword} of $`]).toEqual(wrong);
});

test('the place of a violation is told, and the rest of the event stays valid', () => {
  const schema = {
    properties: { lines: { type: 'array', items: { $ref: '#/definitions/line' } } },
    definitions: { line: { required: ['sku'], properties: { sku: { maxLength: 1 } } } },
  };
  const sample = { lines: [{ sku: 'a' }, { sku: 'b' }], note: 'n' };

  expect(told(schema, sample)).toEqual({
    'type of $.lines': { lines: 7, note: 'n' },
    'required of $.lines[0]': { lines: [{}, { sku: 'b' }], note: 'n' },
    'maxLength of $.lines[0].sku': { lines: [{ sku: 'xx' }, { sku: 'b' }], note: 'n' },
  });
});

test('keywords in all of several schemas, and in members by pattern, are violated', () => {
  expect(
    told(
      { allOf: [{ required: ['a'] }, { $ref: '#/definitions/b' }], definitions: { b: B } },
      { a: 1, b: 1 },
    ),
  ).toEqual({
    'required of $': { b: 1 },
    'maximum of $.b': { a: 1, b: 10 },
  });
  expect(told({ patternProperties: { '^n_': { maximum: 9 } } }, { n_a: 1 })).toEqual({
    'maximum of $.n_a': { n_a: 10 },
  });
});

const B = { properties: { b: { maximum: 9 } } };

test('alternatives are violated where the rest of the schema would take the event', () => {
  const definitions = { mail: { required: ['mail'] }, phone: { required: ['phone'] } };
  const contact = { anyOf: [{ $ref: '#/definitions/mail' }, { $ref: '#/definitions/phone' }] };
  const schema = { definitions, properties: { contact: { type: 'object', ...contact } } };

  expect(told(schema, { contact: { mail: 'm' } })).toEqual({
    'type of $.contact': { contact: 7 },
    'anyOf of $.contact': { contact: {} },
  });
  // Only a type could be wrong, and that is refused already.
  expect(told({ type: 'string', anyOf: [{ type: 'string' }, {}] }, 'x')).toEqual({
    'type of $': 7,
  });
});

test('a name is to be told where API Gateway knows it', () => {
  const [missing] = violations({ required: ['id'] }, { id: 1 });
  expect(missing?.names).toBe('id');
});

test('what a schema does not constrain, and schemas that refer in a circle, have no violation', () => {
  expect(violations({ format: 'colour', description: 'x' }, 'red')).toEqual([]);
  expect(
    violations({ $ref: '#/definitions/a', definitions: { a: { $ref: '#/definitions/a' } } }, 1),
  ).toEqual([]);
});
