import type { Streams } from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';
import { compiledStack } from '../../support/compiled-stack';

const PRIVATE = { vpcEndpoints: 'vpce-0123456789abcdef0' };
const POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI';

/** The methods that the resource policy of a private API allows. */
function allowed(values: Readonly<Record<string, string>>, streams: Streams = {}): unknown {
  const declared = declaredStreams(streams, { stage: 'dev', folder: '.' });
  const { RestApi: api } = compiledStack(
    { ...PRIVATE, ...values },
    'dev',
    'us-east-1',
    declared,
  ).Resources;
  const { Policy: policy } = (api?.Properties ?? {}) as {
    Policy: { Statement: { Effect: string; Resource: unknown }[] };
  };
  const effects = policy.Statement.map(({ Effect }) => Effect);
  expect(effects.at(-1)).toBe('Deny');
  return policy.Statement.find(({ Effect }) => Effect === 'Allow')?.Resource;
}

test.each(['NONE', 'API_KEY', 'COGNITO'])('%s: everything, since a later check decides', (mode) => {
  expect(allowed({ authorization: mode, userPoolArns: POOL })).toBe('execute-api:/*');
});

test.each(['AWS_IAM', 'LAMBDA'])('%s: nothing, since an allow would let anybody in', (mode) => {
  expect(allowed({ authorization: mode, authorizerFunction: 'check' })).toBeUndefined();
});

test('preflights, which nobody signs', () => {
  expect(allowed({ authorization: 'AWS_IAM', corsOrigins: '*' })).toEqual([
    'execute-api:/dev/OPTIONS/*',
    'execute-api:/dev-verify-*/OPTIONS/*',
  ]);
});

test('of doors that differ, those that need it', () => {
  const reading = allowed({ authorization: 'AWS_IAM', readAuthorization: 'NONE' }) as string[];
  expect(reading).toContain('execute-api:/dev/GET/streams');
  expect(reading).toContain('execute-api:/dev-verify-*/GET/streams/*/records');
  expect(reading.filter((resource) => !resource.includes('/GET/streams'))).toEqual([]);

  const orders: Streams = { orders: { authorization: 'AWS_IAM' }, clicks: {} };
  const sending = allowed({ authorization: 'NONE' }, orders) as string[];
  expect(sending).toContain('execute-api:/dev/POST/events/clicks');
  expect(sending).toContain('execute-api:/dev/PUT/streams/*/record');
  expect(sending.filter((resource) => resource.includes('POST/events/orders'))).toEqual([]);
});

test('a route for all paths cannot be told from the others, and is refused', () => {
  const kafka = { kafkaRestUrl: 'https://kafka.example' };
  expect(() => allowed({ ...kafka, authorization: 'NONE', readAuthorization: 'AWS_IAM' })).toThrow(
    'In a private API, who may call /{proxy+} cannot be told from',
  );
  expect(allowed({ ...kafka, authorization: 'NONE' })).toBe('execute-api:/*');
});
