import { validate } from '@readme/openapi-parser';
import { modern } from '../../../resources/contracts/modern';
import { eventsDocument } from '../../../resources/contracts/openapi';
import { streams } from '../../fixtures/events/streams';
import { declaredOnDev } from '../../support/in-process-stage';

const STAGE = {
  service: 'shop',
  stage: 'dev',
  authorization: 'AWS_IAM',
  writeScopes: '',
  identitySource: 'method.request.header.Authorization',
};
const documentOf = (declared: Parameters<typeof declaredOnDev>[0], stage = STAGE) =>
  JSON.parse(JSON.stringify(eventsDocument(declaredOnDev(declared), stage)));

const document = documentOf({
  ...streams,
  ce: {
    schema: 'schemas/order.json',
    senders: ['cloudevents', 'cloudevents-batch'],
    authorization: 'API_KEY',
    key: 'header:X-Key',
    answer: 'empty',
  },
});
const { paths, components } = document;

test('it is valid OpenAPI, and names each endpoint', async () => {
  expect(await validate(structuredClone(document))).toMatchObject({ valid: true });
  expect(Object.entries<object>(paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([
    ['/events/orders', ['post']],
    ['/events/orders/batch', ['post']],
    ['/events/clicks', ['post']],
    ['/events/clicks/batch', ['post']],
    ['/events/clicks/pixel', ['get']],
    ['/events/github', ['post']],
    ['/events/ce', ['post']],
    ['/events/ce/batch', ['post']],
  ]);
});

test('no reference leads nowhere', () => {
  const references = JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g);
  const missing = Array.from(
    references,
    ([, kind = '', name = '']) => [kind, name] as const,
  ).filter(([kind, name]) => components[kind]?.[name] === undefined);
  expect(missing).toEqual([]);
});

test('each stream has its own security; those without are the stage’s', () => {
  expect(paths['/events/orders'].post.security).toEqual([{ sigv4: [] }]);
  expect(paths['/events/clicks/pixel'].get.security).toEqual([]);
  expect(paths['/events/ce'].post.security).toEqual([{ apiKey: [] }]);
  const open = documentOf(streams, { ...STAGE, authorization: 'NONE' });
  expect(open.paths['/events/orders'].post.security).toEqual([]);
});

test('who asks an authorizer is told where its token goes, which scopes do, and how it is refused', async () => {
  const asked = documentOf(
    {
      staged: {},
      own: { authorization: { type: 'COGNITO', scopes: ['orders/send', 'orders/all'] } },
      decided: {
        authorization: {
          type: 'LAMBDA',
          function: 'check',
          kind: 'REQUEST',
          identitySource: ['method.request.header.X-Token', 'method.request.querystring.tenant'],
        },
      },
      free: { authorization: { type: 'LAMBDA', identitySource: [], ttlSeconds: 0 } },
    },
    { ...STAGE, authorization: 'COGNITO', writeScopes: 'api/write' },
  );
  const at = (name: string) => asked.paths[`/events/${name}`].post;

  expect(await validate(structuredClone(asked))).toMatchObject({ valid: true });
  expect(at('staged').security).toEqual([{ 'cognito-header-Authorization': ['api/write'] }]);
  expect(at('own').security).toEqual([
    { 'cognito-header-Authorization': ['orders/send'] },
    { 'cognito-header-Authorization': ['orders/all'] },
  ]);
  expect(at('decided').security).toEqual([
    { 'lambda-header-X-Token': [], 'lambda-query-tenant': [] },
  ]);
  expect(at('free').security).toEqual([{}]);
  expect(asked.components.securitySchemes['lambda-query-tenant']).toMatchObject({
    type: 'apiKey',
    in: 'query',
    name: 'tenant',
  });
  expect(at('own').responses[401].description).toContain('`UNAUTHORIZED`');
  expect(at('own').responses[500].description).not.toContain('AUTHORIZER');
  expect(at('decided').responses[500].description).toContain('`AUTHORIZER_CONFIGURATION_ERROR`');
  expect(paths['/events/orders'].post.responses).not.toHaveProperty('401');
});

test('bodies have the schema of an event, and its sample', () => {
  const event = { $ref: '#/components/schemas/OrdersEvent' };
  const one = paths['/events/orders'].post.requestBody.content['application/json'];
  expect(one).toMatchObject({ schema: event, example: { orderId: 'DE-20451' } });
  const many = paths['/events/orders/batch'].post.requestBody.content['application/json'];
  expect(many).toMatchObject({
    schema: { type: 'array', minItems: 1, maxItems: 500, items: event },
    example: [{ orderId: 'DE-20451' }],
  });
  const { content } = paths['/events/ce'].post.requestBody;
  expect(content['application/cloudevents+json']).toMatchObject({
    schema: {
      required: expect.arrayContaining(['data']),
      properties: { data: { $ref: '#/components/schemas/CeEvent' } },
    },
    example: { specversion: '1.0', data: { orderId: 'DE-20451' } },
  });
  expect(components.schemas.OrdersEvent.properties.lines.items).toEqual({
    $ref: '#/components/schemas/OrdersEventLine',
  });
});

test('answers are those of the declaration', () => {
  expect(Object.keys(paths['/events/orders'].post.responses)).toContain('200');
  expect(Object.keys(paths['/events/ce'].post.responses)).toContain('204');
  expect(Object.keys(paths['/events/orders/batch'].post.responses)).toContain('207');
  expect(paths['/events/clicks'].post.responses[403].description).toContain('OriginNotAllowed');
  expect(paths['/events/orders'].post.responses[403].description).not.toContain('OriginNotAllowed');
});

test('a key in a header is a parameter', () => {
  expect(paths['/events/ce'].post.parameters).toEqual([
    expect.objectContaining({ name: 'X-Key', in: 'header', required: true }),
  ]);
});

test.each([
  [{ minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
  [{ maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
  [
    { items: [{}], additionalItems: false },
    { prefixItems: [{}], items: false },
  ],
  [{ items: {}, additionalItems: false }, { items: {} }],
  [
    { dependencies: { a: ['b'], c: { required: ['d'] } } },
    { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } },
  ],
  [
    { properties: { a: { $ref: '#/definitions/x', title: 'X' } } },
    { properties: { a: { $ref: '#/components/schemas/AX', title: 'X' } } },
  ],
  [{ id: 'x', $schema: 'y', enum: [{ id: 1 }] }, { enum: [{ id: 1 }] }],
])('%j of draft 4 is %j', (schema, expected) => {
  expect(modern(schema, new Map([['x', 'AX']]))).toEqual(expected);
});
