import { nearMatch } from '../../../resources/parameters/near-match';

test.each([
  ['stream', 'streams'],
  ['Streams', 'streams'],
  ['steams', 'streams'],
  ['throttle-rate', 'throttleRate'],
  ['throtleRate', 'throttleRate'],
  ['canray', 'canary'],
  ['replicas', undefined],
  ['x', undefined],
  ['', undefined],
])('%j is %j', (name, meant) => {
  expect(nearMatch(name, ['streams', 'throttleRate', 'throttleBurst', 'canary'])).toBe(meant);
});

test('nothing is near to nothing', () => {
  expect(nearMatch('streams', [])).toBeUndefined();
});
