import { entranceAt, entrancesOf } from '../../../hooks/stage/entrances';
import type { Target } from '../../../hooks/stage/target';
import type { StreamDoor } from '../../../resources/authorization/declaration';
import { defaults } from '../../../resources/parameters';
import { declaredOnDev } from '../../support/in-process-stage';
import { POOL_ARN } from '../../support/token-stages';

const placeOf = (
  parameters: Readonly<Record<string, string>>,
  streams: Readonly<Record<string, { readonly authorization?: StreamDoor }>> = {},
) =>
  ({
    parameters: { ...defaults, ...parameters },
    streams: declaredOnDev(streams),
  }) as unknown as Target;

const BOTH = { authorization: 'COGNITO', readAuthorization: 'API_KEY' };

test.each([
  ['GET', '/streams?limit=1', 'read'],
  ['GET', '/streams/orders/records', 'read'],
  ['POST', '/streams/orders', 'write'],
  ['DELETE', '/streams/orders', 'write'],
  ['PUT', '/streams/orders/record', 'write'],
  // Of the Kafka REST proxy, or of no route at all.
  ['GET', '/topics', 'write'],
  ['GET', '/streamsx', 'write'],
  ['POST', '/events/orders', 'write'],
  ['GET', '/events/orders/pixel?a=1', 'write'],
  ['POST', '/events/order', 'events/order'],
  ['POST', '/events/order/batch', 'events/order'],
])('%s %s comes in by %s', (method, path, name) => {
  const place = placeOf(BOTH, { order: { authorization: 'AWS_IAM' }, orders: {} });
  expect(entranceAt(place, method, path).name).toBe(name);
});

test('reading is as writing where nothing else is said', () => {
  const [write, read] = entrancesOf(placeOf({ authorization: 'AWS_IAM', readAuthorization: '' }));
  expect(write).toMatchObject({ name: 'write', authorization: 'AWS_IAM' });
  expect(read).toMatchObject({ name: 'read', authorization: 'AWS_IAM' });
});

test('scopes are those of writing and of reading', () => {
  const place = placeOf({
    ...BOTH,
    readAuthorization: 'COGNITO',
    userPoolArns: POOL_ARN,
    writeScopes: 'a/write',
    readScopes: 'a/read,a/all',
  });
  expect(entrancesOf(place)).toEqual([
    expect.objectContaining({ scopes: ['a/write'], userPoolArns: [POOL_ARN] }),
    expect.objectContaining({ scopes: ['a/read', 'a/all'], userPoolArns: [POOL_ARN] }),
  ]);
});

test('what a stream does not say of its own entrance is as the stage has it', () => {
  const stage = {
    authorization: 'COGNITO',
    userPoolArns: POOL_ARN,
    writeScopes: 'a/write',
    identitySource: 'method.request.header.X-Token',
    authorizerTtlSeconds: '60',
  };
  const place = placeOf(stage, {
    likeStage: { authorization: 'COGNITO' },
    byScope: { authorization: { type: 'COGNITO', scopes: [] } },
    byFunction: {
      authorization: {
        type: 'LAMBDA',
        function: 'authorize',
        kind: 'REQUEST',
        identitySource: ['method.request.header.A', 'method.request.querystring.b'],
        ttlSeconds: 0,
      },
    },
    none: {},
  });
  const [, , ...own] = entrancesOf(place);
  expect(own).toEqual([
    expect.objectContaining({
      name: 'events/likeStage',
      scopes: ['a/write'],
      identitySources: ['method.request.header.X-Token'],
      ttlSeconds: 60,
    }),
    expect.objectContaining({ name: 'events/byScope', scopes: [], userPoolArns: [POOL_ARN] }),
    expect.objectContaining({
      name: 'events/byFunction',
      authorization: 'LAMBDA',
      identitySources: ['method.request.header.A', 'method.request.querystring.b'],
      ttlSeconds: 0,
    }),
  ]);
});
