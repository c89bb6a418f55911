import { dialectProblems } from '../../../resources/contracts/dialect';
import { metaProblems } from '../../../resources/contracts/validator';

const problems = (schema: object) =>
  dialectProblems(schema).map(({ at, text }) => `${at}: ${text}`);

const ORDER = {
  type: 'object',
  required: ['id', 'total'],
  properties: { id: { type: 'string' }, total: { type: 'number' } },
};

test.each([
  ['draft 4, by name', { $schema: 'http://json-schema.org/draft-04/schema#', ...ORDER }],
  [
    'every keyword of it',
    {
      id: 'order',
      title: 'Order',
      description: 'An order',
      default: {},
      ...ORDER,
      minProperties: 1,
      maxProperties: 9,
      patternProperties: {
        '^x-': { type: 'string', minLength: 1, maxLength: 9, pattern: '^[^/]+$' },
      },
      additionalProperties: false,
      dependencies: { total: ['id'], note: { required: ['id'] } },
      definitions: {
        line: { type: 'array', items: [{ type: 'integer' }], additionalItems: false },
      },
      allOf: [{ properties: { lines: { $ref: '#/definitions/line', description: 'The lines' } } }],
      anyOf: [{ required: ['id'] }],
      oneOf: [{ required: ['id'] }],
      not: { required: ['no'] },
    },
  ],
  [
    'numbers',
    { minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false, multipleOf: 1 },
  ],
  [
    'lists',
    { items: { enum: [1, null, { const: 1 }] }, minItems: 1, maxItems: 2, uniqueItems: true },
  ],
  ['members that have names of keywords', { properties: { const: {}, id: {}, if: {}, $ref: {} } }],
  [
    'what refers to itself by its definition',
    {
      required: ['root'],
      properties: { root: { $ref: '#/definitions/node' } },
      definitions: { node: { properties: { next: { $ref: '#/definitions/node' } } } },
    },
  ],
  ['a pattern in brackets', { pattern: '^[$][{][a-z]{2,3}[}]$|\\d+(?:\\.\\d)?|[\\w.\\-]' }],
])('takes %s', (_, schema) => {
  expect(problems(schema)).toEqual([]);
  expect(metaProblems(schema)).toEqual([]);
});

const IN_A = (schema: unknown) => ({ properties: { a: schema } });

test.each([
  [
    IN_A({ const: 'x' }),
    "#/properties/a/const: API Gateway's draft 4 has no 'const': write 'enum' with one value",
  ],
  [
    { $defs: {} },
    "#/$defs: API Gateway's draft 4 has no '$defs': put the schema into 'definitions' and write \"$ref\": \"#/definitions/…\"",
  ],
  [
    { items: [{ if: {} }] },
    "#/items/0/if: API Gateway's draft 4 has no 'if': write 'anyOf' with both cases",
  ],
  [
    { definitions: { 'a/b~c': { examples: [] } } },
    "#/definitions/a~1b~0c/examples: API Gateway's draft 4 has no 'examples': leave it out: the sample is in a file of its own",
  ],
  [
    IN_A({ minimun: 1 }),
    "#/properties/a/minimun: API Gateway's draft 4 has no 'minimun': do you mean 'minimum'?",
  ],
  [
    IN_A({ 'x-internal': true }),
    "#/properties/a/x-internal: API Gateway's draft 4 has no 'x-internal': leave it out",
  ],
  [
    IN_A({ constructor: 1 }),
    "#/properties/a/constructor: API Gateway's draft 4 has no 'constructor': leave it out",
  ],
  [
    IN_A({ exclusiveMinimum: 5 }),
    '#/properties/a/exclusiveMinimum: it is true or false in draft 4: write "minimum": 5, and here true',
  ],
  [
    IN_A({ exclusiveMaximum: 5 }),
    '#/properties/a/exclusiveMaximum: it is true or false in draft 4: write "maximum": 5, and here true',
  ],
  [IN_A(true), '#/properties/a: a boolean is no schema in draft 4: write {}'],
  [{ items: false }, '#/items: a boolean is no schema in draft 4: write {"not": {}}'],
  [{ required: [] }, '#/required: draft 4 has no empty list here: leave it out'],
  [
    IN_A({ required: true }),
    "#/properties/a/required: it is a list of names in draft 4, beside 'properties'",
  ],
  [
    IN_A({ format: 'uuid' }),
    '#/properties/a/format: API Gateway does not check the format \'uuid\': write "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"',
  ],
  [
    IN_A({ format: 'isbn' }),
    "#/properties/a/format: API Gateway does not check the format 'isbn': write a 'pattern', or leave it out",
  ],
  [
    { $schema: 'https://json-schema.org/draft/2020-12/schema' },
    '#/$schema: API Gateway reads all schemas as draft 4: write "http://json-schema.org/draft-04/schema#" at the root, or leave it out',
  ],
  [
    IN_A({ id: 'http://x/y' }),
    '#/properties/a/id: it changes what $ref means: leave it out below the root',
  ],
  [
    IN_A({ $ref: 'other.json#/x' }),
    `#/properties/a/$ref: 'other.json#/x' is out of reach: put the schema into 'definitions' and write "#/definitions/<name>", of letters, digits, _ . and -`,
  ],
  [
    IN_A({ $ref: '#' }),
    `#/properties/a/$ref: '#' is out of reach: put the schema into 'definitions' and write "#/definitions/<name>", of letters, digits, _ . and -`,
  ],
  [
    { ...IN_A({ $ref: '#/definitions/lines' }), definitions: { line: {} } },
    "#/properties/a/$ref: 'definitions' has no 'lines': do you mean 'line'?",
  ],
  [
    { ...IN_A({ $ref: '#/definitions/l', minLength: 1 }), definitions: { l: {} } },
    '#/properties/a/minLength: it is ignored beside $ref: write "allOf": [{"$ref": …}, {"minLength": …}]',
  ],
  [
    IN_A({ pattern: '(' }),
    expect.stringMatching(/^#\/properties\/a\/pattern: it is no regular expression \(/),
  ],
  [
    IN_A({ pattern: '^(?<year>[0-9]+)$' }),
    "#/properties/a/pattern: Java and JavaScript differ in '(?': groups begin with ( or (?:, and nothing looks behind",
  ],
  [
    IN_A({ pattern: '^\\p{L}+$' }),
    "#/properties/a/pattern: Java and JavaScript differ in '\\p{': write the characters in brackets: [A-Za-z\\u00c0-\\u024f]",
  ],
  [
    IN_A({ pattern: '[a-z&&b]' }),
    "#/properties/a/pattern: Java and JavaScript differ in '&&': write & once",
  ],
  [
    IN_A({ pattern: '[[a]' }),
    "#/properties/a/pattern: Java and JavaScript differ in '[': write \\[",
  ],
  [IN_A({ pattern: '[^]' }), "#/properties/a/pattern: '[^]' is no set of characters to Java"],
  [IN_A({ pattern: 'a{' }), "#/properties/a/pattern: Java and JavaScript differ in '{': write \\{"],
  [
    IN_A({ pattern: '\\Aa\\z' }),
    "#/properties/a/pattern: Java and JavaScript differ in '\\A': leave it out, or write \\uXXXX",
  ],
  [
    { patternProperties: { '(?i': {} } },
    expect.stringMatching(/^#\/patternProperties\/\(\?i: it is no regular expression \(/),
  ],
  [
    { description: 'costs ${amount}' },
    "#/description: the framework reads '${' as the start of a variable: in a pattern write [$][{], elsewhere leave it out",
  ],
  [
    { properties: { '${a}': {} } },
    "#/properties/${a}: the framework reads '${' as the start of a variable: in a pattern write [$][{], elsewhere leave it out",
  ],
  [
    { dependencies: { a: { const: 1 } } },
    "#/dependencies/a/const: API Gateway's draft 4 has no 'const': write 'enum' with one value",
  ],
])('refuses %j', (schema, problem) => {
  expect(problems(schema)).toEqual([problem]);
});

test.each([
  [{ minimum: '1' }, '#/minimum', 'must be number'],
  [IN_A({ type: 'text' }), '#/properties/a/type', expect.stringContaining('must be')],
  [{ enum: [] }, '#/enum', 'must NOT have fewer than 1 items'],
  [
    { definitions: { a: { $ref: '#/definitions/a' } }, allOf: [{ $ref: '#/definitions/a' }] },
    '#',
    expect.stringContaining('it cannot be used'),
  ],
])('refuses %j, which is no schema', (schema, at, text) => {
  expect(metaProblems(schema)).toContainEqual({ at, text });
});
