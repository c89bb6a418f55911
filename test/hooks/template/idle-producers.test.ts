import { refuseIdleProducers } from '../../../hooks/template/idle-producers';
import type { Producers } from '../../../resources/producers/declaration';
import { declaredProducers } from '../../../resources/producers/declared';
import type { Streams } from '../../../resources/streams/declaration';
import { compiledStack } from '../../support/compiled-stack';
import { declaredOnDev } from '../../support/in-process-stage';

const limits = { rate: 5, burst: 10 };

function refused(
  authorization: string,
  producers: Producers,
  streams: Streams = {},
  stage = 'dev',
): string | undefined {
  const declared = declaredOnDev(streams);
  const own = declaredProducers(producers, { stage: 'dev', streams: declared });
  const template = compiledStack({ authorization }, 'dev', 'us-east-1', declared, own);
  return refuseIdleProducers(template, own, declared, stage);
}

test.each(['AWS_IAM', 'NONE'])('a stage of %s has no use for producers', (authorization) => {
  expect(() => refused(authorization, { acme: {}, zoo: {} })).toThrow(
    "The producers acme, zoo have API keys, and stage dev asks for none: set authorization: 'API_KEY' in the stage's row, or on a stream of streams.ts; or take their keys away here with stages: { dev: { keys: [] } }.",
  );
});

test('a stage whose name is no word of TypeScript is quoted', () => {
  expect(() => refused('NONE', { acme: {} }, {}, 'eu-1')).toThrow(
    "stages: { 'eu-1': { keys: [] } }",
  );
});

test('a stage or a stream that asks for keys is enough', () => {
  expect(refused('API_KEY', { acme: {} })).toBeUndefined();
  expect(
    refused('AWS_IAM', { acme: {} }, { orders: { authorization: 'API_KEY' } }),
  ).toBeUndefined();
});

test('a stage without producers needs no keys', () => {
  expect(refused('NONE', {})).toBeUndefined();
});

test('the open stage of a laptop leaves producers out, and says so', () => {
  expect(refused('NONE', { acme: {} }, {}, 'local')).toBe(
    'Left out on stage local, which asks for no API keys: the producers acme. More: docs/producers.md',
  );
});

test('a limit on an endpoint that asks for no key is refused', () => {
  const producers = { acme: { ...limits, endpoints: { orders: limits } } };
  expect(() => refused('API_KEY', producers, { orders: { authorization: 'AWS_IAM' } })).toThrow(
    "producers.acme.endpoints limits 'orders', whose endpoint /events/orders asks for no API key on stage dev: set its authorization: 'API_KEY' in streams.ts, or leave out the limit.",
  );
  expect(refused('API_KEY', producers, { orders: {} })).toBeUndefined();
});
