import { declaredStreams } from '../../resources/streams/declared';
import { compiledStack } from '../support/compiled-stack';

const ANYWHERE = 'ThrottledWritesAnywhereAlarm';
const CONTEXT = { stage: 'dev', folder: '.' };

test.each([
  ['us-east-1', true],
  ['eu-central-2', true],
  ['ap-southeast-7', true],
  ['cn-north-1', false],
  ['cn-northwest-1', false],
  ['us-gov-west-1', false],
  ['us-iso-east-1', false],
  ['us-isob-east-1', false],
  ['eu-isoe-west-1', false],
])('%s has the alarm on a Metrics Insights query: %p', (region, expected) => {
  const resources = Object.keys(compiledStack({ streams: 'orders-*' }, 'dev', region).Resources);
  expect(resources.includes(ANYWHERE)).toBe(expected);
});

test('one stream is watched in every region, by its own metric', () => {
  for (const region of ['us-east-1', 'cn-north-1']) {
    const resources = Object.keys(compiledStack({ streams: 'orders' }, 'dev', region).Resources);
    expect(resources).toContain('ThrottledWritesAlarm');
    expect(resources).not.toContain(ANYWHERE);
  }
});

test.each([
  ['API_KEY', 'x-api-key'],
  ['AWS_IAM', 'X-Amz-Security-Token'],
] as const)(
  'what lets a sender of a stream in by %s is kept from the Kafka REST proxy, on open stages too',
  (authorization, header) => {
    const streams = (own: 'stage' | typeof authorization) =>
      declaredStreams({ orders: own === 'stage' ? {} : { authorization: own } }, CONTEXT);
    const withheld = (own: 'stage' | typeof authorization) => {
      const values = { authorization: 'NONE', kafkaRestUrl: 'https://kafka.example' };
      const { KafkaRestMethod: method } = compiledStack(
        values,
        'dev',
        'us-east-1',
        streams(own),
      ).Resources;
      return JSON.stringify(method).includes(`integration.request.header.${header}`);
    };

    expect([withheld('stage'), withheld(authorization)]).toEqual([false, true]);
  },
);

test('the canary of a stage whose streams ask for keys and signatures may use both', () => {
  const streams = declaredStreams(
    { a: { authorization: 'API_KEY' }, b: { authorization: 'AWS_IAM' } },
    CONTEXT,
  );
  const values = { authorization: 'NONE', canary: 'rate(5 minutes)' };
  const { CanaryRole: role } = compiledStack(values, 'dev', 'us-east-1', streams).Resources;

  expect(JSON.stringify(role)).toContain('execute-api:Invoke');
  expect(JSON.stringify(role)).toContain('/apikeys/');
});
