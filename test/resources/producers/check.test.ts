import { readFileSync } from 'node:fs';
import path from 'node:path';
import { StackError } from '../../../resources/errors';
import { checkProducers } from '../../../resources/producers/check';
import { declaredProducers } from '../../../resources/producers/declared';
import { MEMBERS } from '../../../resources/producers/members';
import { declaredOnDev } from '../../support/in-process-stage';

const DOCS = readFileSync(path.join(__dirname, '../../../docs/producers.md'), 'utf8');

/** The message for a declaration, as JavaScript may have it; undefined if it is right. */
function refusal(producers: unknown, streams: readonly string[] = ['orders', 'clicks']) {
  try {
    checkProducers(producers, streams);
    return undefined;
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.message;
  }
}

test.each(Object.keys(MEMBERS))('%s is in the docs', (member) => {
  expect(DOCS).toMatch(new RegExp(`^\\| .*\`${member}\`.* \\|`, 'm'));
});

const RATE = 'It takes a whole number of requests a second from 1 to 999999.';
const BURST = 'It takes a whole number of requests from 1 to 99999.';
const QUOTA = 'It takes a whole number of requests from 1 to 999999999.';
const both = { rate: 5, burst: 10 };

// Each declaration, and its refusal after `serverless.ts: producers.acme`
test.each<[unknown, string]>([
  [null, ' is null. It takes an object.'],
  [['1'], ' is ["1"]. It takes an object.'],
  [{ keys: '1' }, ".keys is '1'. It takes a list of names of"],
  [{ keys: ['1', '1'] }, '.keys is ["1","1"]. It takes a list of'],
  [{ keys: ['a/b'] }, ".keys has 'a/b'. It takes"],
  [{ keys: ['-1'] }, ".keys has '-1'. It takes"],
  [{ keys: [1] }, '.keys has 1. It takes'],
  [{ keys: [''] }, ".keys has ''. It takes"],
  [{ keys: ['x'.repeat(33)] }, `.keys has '${'x'.repeat(33)}'. It takes`],
  [{ keys: Array.from({ length: 11 }, (_, n) => `k${n}`) }, '.keys is ["k0",'],
  [{ key: ['1'] }, " has no member 'key'. Did you mean 'keys'?"],
  [{ quotaPerDays: 5 }, " has no member 'quotaPerDays'. Did you mean 'quotaPerDay'?"],
  [{ value: 'secret-secret-secret' }, " has no member 'value'. It has: keys, rate, burst,"],
  [{ ...both, rate: 0 }, `.rate is 0. ${RATE}`],
  [{ ...both, rate: '5' }, `.rate is '5'. ${RATE}`],
  [{ ...both, burst: 1.5 }, `.burst is 1.5. ${BURST}`],
  [{ rate: 5 }, " has 'rate' and no 'burst'. Give it both."],
  [{ burst: 5 }, " has 'burst' and no 'rate'. Give it both."],
  [{ quotaPerDay: 0 }, `.quotaPerDay is 0. ${QUOTA}`],
  [{ quotaPerDay: 1e9 }, `.quotaPerDay is 1000000000. ${QUOTA}`],
  [{ ...both, endpoints: ['orders'] }, '.endpoints is ["orders"]. It takes limits by the names of'],
  [
    { ...both, endpoints: { order: both } },
    ".endpoints names 'order', which is no declared stream. Did you mean 'orders'?",
  ],
  [{ ...both, endpoints: { orders: 5 } }, '.endpoints.orders is 5. It takes { rate, burst }.'],
  [{ ...both, endpoints: { orders: { rate: 5 } } }, '.endpoints.orders is {"rate":5}. It takes {'],
  [
    { ...both, endpoints: { orders: { ...both, rate: -1 } } },
    `.endpoints.orders.rate is -1. ${RATE}`,
  ],
  [
    { ...both, endpoints: { orders: { ...both, bursts: 1 } } },
    ".endpoints.orders has no member 'bursts'. Did you mean 'burst'?",
  ],
  [
    { endpoints: { orders: both } },
    " has 'endpoints' and no 'rate' and 'burst'. API Gateway limits single endpoints only beside all: give it both.",
  ],
  [{ stages: [] }, '.stages is []. It takes members by stage.'],
  [{ stages: { prod: 5 } }, '.stages.prod is 5. It takes an object.'],
  [{ stages: { 'a b': {} } }, ".stages.a b: Stage 'a b' cannot be deployed."],
  [{ stages: { prod: { rte: 5 } } }, ".stages.prod has no member 'rte'. Did you mean 'rate'?"],
  [{ stages: { prod: { stages: {} } } }, ".stages.prod has no member 'stages'."],
  [{ stages: { prod: { rate: 5 } } }, ".stages.prod has 'rate' and no 'burst'. Give it both."],
])('%j is refused in one line', (producer, message) => {
  const told = refusal({ acme: producer });
  expect(told).toContain(`serverless.ts: producers.acme${message}`);
  expect(told).not.toContain('\n');
});

test.each<[unknown, string]>([
  [[], 'serverless.ts: producers is []. Write producers: { acme: {} }.'],
  [{ '1st': {} }, "serverless.ts: '1st' cannot be a producer's name. It takes letters,"],
  [
    { ['x'.repeat(49)]: {} },
    "cannot be a producer's name. It takes letters, digits, _ . and -, 48",
  ],
  [{ 'a/b': {} }, "serverless.ts: 'a/b' cannot be a producer's name."],
  [{ stage: {} }, "serverless.ts: 'stage' cannot be a producer's name: npx serverless keys"],
  [
    { 'acme-eu': {}, acme: { keys: ['eu-1'] } },
    "serverless.ts: the keys 'acme-eu/1' and 'acme/eu-1' would have one name in API Gateway, …-acme-eu-1. Rename one.",
  ],
  [
    { 'acme-eu': {}, acme: { stages: { prod: { keys: ['eu-1'] } } } },
    "serverless.ts: the keys 'acme-eu/1' and 'acme/eu-1' would have one name",
  ],
])('%j is refused', (producers, message) => {
  expect(refusal(producers)).toContain(message);
});

test('without a declared stream there is no endpoint to limit', () => {
  expect(refusal({ acme: { ...both, endpoints: { orders: both } } }, [])).toContain(
    "names 'orders', which is no declared stream. There is none.",
  );
});

const streams = declaredOnDev({ orders: {}, inner: { senders: [] } });

test('a producer has one key, called 1, and no limit of its own', () => {
  expect(declaredProducers({ acme: {} }, { stage: 'dev', streams })).toEqual([
    { name: 'acme', keys: ['1'], endpoints: {} },
  ]);
});

test('a stage replaces members, and a producer without a key there is none of its', () => {
  const producers = {
    acme: { ...both, quotaPerDay: 9, stages: { prod: { keys: ['2'], quotaPerDay: undefined } } },
    zoo: { stages: { prod: { keys: [] } } },
  };
  expect(declaredProducers(producers, { stage: 'prod', streams })).toEqual([
    { name: 'acme', keys: ['2'], throttle: both, endpoints: {} },
  ]);
  expect(declaredProducers(producers, { stage: 'dev', streams })).toHaveLength(2);
});

test('a stage that differs in case from one with members is refused', () => {
  const producers = { acme: { stages: { prod: { keys: [] } } } };
  expect(() => declaredProducers(producers, { stage: 'PROD', streams })).toThrow(
    "Stage 'PROD' has no row in producers.acme.stages of serverless.ts, but 'prod' has.",
  );
});

test('an endpoint that the stage does not have cannot be limited', () => {
  const producers = { acme: { ...both, endpoints: { inner: both } } };
  expect(() => declaredProducers(producers, { stage: 'dev', streams })).toThrow(
    "serverless.ts: producers.acme.endpoints names 'inner', a stream that has no event endpoint on stage dev. Leave it out there.",
  );
});
