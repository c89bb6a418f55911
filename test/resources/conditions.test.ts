import { compiledStack } from '../support/compiled-stack';

const ANYWHERE = 'ThrottledWritesAnywhereAlarm';

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
