import fc from 'fast-check';
import { load } from 'js-yaml';
import { readYamlDocument } from '../../src/apigateway/openapi/read-yaml';
import { writeYamlDocument } from '../../src/apigateway/openapi/write-yaml';

describe('a document in YAML', () => {
  // As in the exports that AWS's guide shows.
  test('is written as AWS writes it', () => {
    const document = {
      openapi: '3.0.1',
      servers: [{ url: 'https://a', variables: { basePath: { default: 'dev' } } }],
      paths: {
        '/pets/{id}': {
          get: { responses: { 200: { description: 'a: "b"\nc', content: {} } }, tags: [] },
        },
      },
      'x-amazon-apigateway-minimum-compression-size': 0,
      nested: [[1, 2], true, null],
    };

    expect(writeYamlDocument(document)).toBe(`---
openapi: "3.0.1"
servers:
- url: "https://a"
  variables:
    basePath:
      default: "dev"
paths:
  /pets/{id}:
    get:
      responses:
        "200":
          description: "a: \\"b\\"\\nc"
          content: {}
      tags: []
x-amazon-apigateway-minimum-compression-size: 0
nested:
- - 1
  - 2
- true
- null
`);
  });

  test('is what it was when it is read again, by any reader', () => {
    const key = fc.oneof(
      fc.constantFrom('yes', 'null', '1e3', '0x1', '~', '=', '<<', '- a', 'a: b', '', '/{a+}'),
      fc.string(),
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string(), key, fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));

    fc.assert(
      fc.property(json, (value) => {
        const text = writeYamlDocument(value);

        expect(readYamlDocument(text)).toEqual(value);
        expect(load(text)).toEqual(value);
      }),
    );
  });
});
