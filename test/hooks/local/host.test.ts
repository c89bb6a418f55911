import { hostOf } from '../../../hooks/local/host';

test('the command line comes before the configuration', () => {
  expect(hostOf(undefined, undefined)).toBeUndefined();
  expect(hostOf('0.0.0.0', undefined)).toBe('0.0.0.0');
  expect(hostOf('0.0.0.0', '127.0.0.1')).toBe('127.0.0.1');
});

test.each([true, ['0.0.0.0'], null])('refuses the configuration %j', (configured) => {
  expect(() => hostOf(configured, undefined)).toThrow('custom.local.host takes an IP address');
});
