import { endpoints } from '../../resources/endpoints';
import { modelSchema } from '../../resources/endpoints/shared/body-schema';
import { refuseConflicts } from '../../resources/endpoints/shared/conflicts';

const putRecord = {
  id: 'PutRecord',
  method: 'PUT',
  path: '/streams/{stream-name}/record',
} as const;

test.each([
  [
    'the same id',
    { id: 'PutRecord', method: 'POST', path: '/hooks/{stream-name}' },
    'Two endpoints have the id PutRecord: PUT /streams/{stream-name}/record and POST /hooks/{stream-name}. Give one of them another id.',
  ],
  [
    'the same method and path',
    { ...putRecord, id: 'Hook' },
    'PutRecord and Hook both claim PUT /streams/{stream-name}/record. Change the method or the path of one.',
  ],
  [
    'another name for a path segment',
    { id: 'Hook', method: 'PUT', path: '/streams/{name}/hook' },
    'PutRecord and Hook name the same path segment {stream-name} and {name}. Use one name for both.',
  ],
] as const)('two endpoints with %s are refused, and both named', (_, other, message) => {
  expect(() => refuseConflicts([putRecord, other])).toThrow(message);
});

test('several endpoints may call one action, and share a path or a method', () => {
  const others = [
    { id: 'Elsewhere', method: 'POST', path: '/elsewhere/{stream-name}' },
    { ...putRecord, id: 'Replace', method: 'POST' },
  ] as const;
  expect(() => refuseConflicts([...endpoints, ...others])).not.toThrow();
});

test('a model has constraints only: what the OpenAPI document adds is left out', () => {
  const schema = {
    type: 'object',
    required: ['Data', 'list'],
    properties: {
      Data: { description: 'Any JSON' },
      count: { anyOf: [{ type: 'integer' }, { type: 'null' }], documentedAs: { type: 'integer' } },
      list: { type: 'array', items: { description: 'A text', type: 'string' } },
    },
  } as const;
  expect(modelSchema(schema)).toEqual({
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['Data', 'list'],
    properties: {
      count: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      list: { type: 'array', items: { type: 'string' } },
    },
  });
});
