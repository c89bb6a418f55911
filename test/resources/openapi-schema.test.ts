import { toOpenApiSchema } from '../../resources/openapi/schema';

test('null as one of several types becomes nullable', () => {
  expect(
    toOpenApiSchema({ anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }, { enum: [''] }] }),
  ).toEqual({
    anyOf: [
      { type: 'integer', minimum: 1, nullable: true },
      { type: 'string', enum: [''] },
    ],
  });
});

test('null beside an enumeration is in it as well', () => {
  expect(toOpenApiSchema({ anyOf: [{ enum: ['A', 'B'] }, { type: 'null' }] })).toEqual({
    type: 'string',
    enum: ['A', 'B', null],
    nullable: true,
  });
});

test('what is inside objects and lists is translated, and the dialect not named', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'array', minItems: 1, items: { enum: ['x'] } } },
  };
  expect(toOpenApiSchema(schema, { a: 'What it is' })).toEqual({
    type: 'object',
    required: ['a'],
    properties: {
      a: {
        description: 'What it is',
        type: 'array',
        minItems: 1,
        items: { type: 'string', enum: ['x'] },
      },
    },
  });
});

test.each([
  [{ type: 'object', patternProperties: {} }, 'patternProperties'],
  [{ not: {} }, 'not'],
  [{ type: 'null' }, 'null'],
  [{ anyOf: [{ type: 'null' }] }, 'null'],
  [{ type: 'object', properties: { a: { const: 1 } } }, 'const'],
])('%j is refused, rather than lose what it says', (schema, name) => {
  expect(() => toOpenApiSchema(schema)).toThrow(name);
});
