import { evaluateMappingTemplate } from 'embedded-aws/velocity';
import envelope from '../../../docs/event-envelope.schema.json';
import type { BodyKind } from '../../../resources/events/senders';
import { requestTemplate } from '../../../resources/events/templates';
import type { StreamSettings } from '../../../resources/streams/declaration';
import { compiledStack } from '../../support/compiled-stack';
import { streamWith } from '../../support/render-event';

const ENVELOPE = { envelope: true, keepClaims: ['email', 'cognito:groups', 'tenant'] };

/** The sender in the record of an event, and in the access log. */
function sentBy(settings: StreamSettings, authorizer: unknown, kind: BodyKind = 'json') {
  const body = kind === 'json' ? '{}' : '[{}]';
  const evil = { principal: 'evil', claims: '{"email":"evil"}', authorizer: 'evil' };
  const { text, requestOverride } = evaluateMappingTemplate(
    requestTemplate(streamWith({ ...ENVELOPE, ...settings }), kind),
    {
      body,
      params: { path: {}, querystring: evil, header: evil },
      context: {
        requestId: 'request-1',
        requestTimeEpoch: 1,
        httpMethod: 'POST',
        identity: { sourceIp: '203.0.113.7' },
        requestOverride: {},
        responseOverride: {},
        ...(authorizer === undefined ? {} : { authorizer }),
      } as never,
      stageVariables: {},
    },
  );
  const { Records: [first] = [], ...single } = JSON.parse(text);
  const record = JSON.parse(Buffer.from((first ?? single).Data, 'base64').toString());
  return { record, logged: requestOverride.path.principal };
}

test.each(['json', 'json-array'] as const)(
  '%s: of a user the record has the sub and the claims that are kept',
  (kind) => {
    const claims = {
      sub: 'a-1',
      email: 'zoë"\\\'<@x.example',
      'cognito:groups': 'a,b',
      aud: 'app',
    };
    const { record, logged } = sentBy({ authorization: 'COGNITO' }, { claims }, kind);
    expect(record).toMatchObject({
      principal: 'a-1',
      claims: { email: claims.email, 'cognito:groups': 'a,b' },
    });
    expect(Object.keys(record.claims)).toEqual(['email', 'cognito:groups']);
    expect(Object.keys(envelope.properties)).toEqual(expect.arrayContaining(Object.keys(record)));
    expect(logged).toBe('a-1');
  },
);

test("of an authorizer's answer it has the principal and the values that are kept", () => {
  const { record, logged } = sentBy(
    { authorization: 'LAMBDA' },
    { principalId: 'auth0|7', tenant: 'acme', plan: 'gold' },
  );
  expect(record).toMatchObject({ principal: 'auth0|7', claims: { tenant: 'acme' } });
  expect(record.claims).not.toHaveProperty('plan');
  expect(logged).toBe('auth0|7');
});

test.each([[undefined], [{}], [{ claims: 'text' }]])(
  'an authorizer that says %j leaves them empty, whatever the client sends',
  (authorizer) => {
    const { record, logged } = sentBy({ authorization: 'LAMBDA' }, authorizer);
    expect(record).toMatchObject({ principal: '', claims: {} });
    expect(logged).toBeUndefined();
  },
);

test.each(['with "quotes"', 'a b', 'x'.repeat(257), 'line\nbreak'])(
  'the principal %j stays out of the access log, where nothing is escaped',
  (principalId) => {
    const { record, logged } = sentBy({ authorization: 'LAMBDA' }, { principalId });
    expect(record.principal).toBe(principalId);
    expect(logged).toBeUndefined();
  },
);

test('without an authorizer there are none', () => {
  const { record, logged } = sentBy({ authorization: 'NONE', keepClaims: undefined } as never, {
    principalId: 'x',
  });
  expect(record).not.toHaveProperty('principal');
  expect(record).not.toHaveProperty('claims');
  expect(logged).toBeUndefined();
});

test('endpoints of the lesson and the access log name who was let in only where an authorizer says it', () => {
  const partsOf = (values: Readonly<Record<string, string>>) => {
    const { Stage, PutRecordMethod, GetRecordsMethod } = compiledStack(values).Resources;
    return [Stage, PutRecordMethod, GetRecordsMethod].map((part) =>
      JSON.stringify(part).includes('.principal'),
    );
  };
  expect(partsOf({})).toEqual([false, false, false]);
  const asks = { readAuthorization: 'LAMBDA', authorizerFunction: 'check' };
  expect(partsOf(asks)).toEqual([true, false, true]);
  expect(partsOf({ ...asks, authorization: 'LAMBDA' })).toEqual([true, true, true]);
});
