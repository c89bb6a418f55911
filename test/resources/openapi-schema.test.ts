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

test('what is inside objects and lists is translated, with its description', () => {
  expect(
    toOpenApiSchema({
      type: 'object',
      required: ['a'],
      properties: {
        a: { description: 'Some', type: 'array', minItems: 1, items: { enum: ['x'] } },
        b: { description: 'Any JSON' },
      },
    }),
  ).toEqual({
    type: 'object',
    required: ['a'],
    properties: {
      a: {
        description: 'Some',
        type: 'array',
        minItems: 1,
        items: { type: 'string', enum: ['x'] },
      },
      b: { description: 'Any JSON' },
    },
  });
});

test('a schema that is documented as another one keeps its own description', () => {
  const schema = { description: 'A count', enum: [''], documentedAs: { type: 'integer' } } as const;
  expect(toOpenApiSchema(schema)).toEqual({ description: 'A count', type: 'integer' });
});

test.each([[{ type: 'null' }], [{ anyOf: [{ type: 'null' }] }]] as const)(
  '%j is refused: OpenAPI 3.0 has no null by itself',
  (schema) => {
    expect(() => toOpenApiSchema(schema)).toThrow('null');
  },
);
