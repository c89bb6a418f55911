import { ApiKeyMap } from '../../src/apigateway/api-key-map';
import type { ApiKey } from '../../src/apigateway/usage-plan-model';

const key = (id: string, value: string) => ({ id, value }) as ApiKey;

test('a key is found by its value, until it is replaced or deleted', () => {
  const keys = new ApiKeyMap();
  keys.set('a', key('a', 'first')).set('b', key('b', 'other'));
  expect(keys.withValue('first')).toBe(keys.get('a'));

  keys.set('a', key('a', 'second'));
  expect(keys.withValue('first')).toBeUndefined();
  expect(keys.withValue('second')).toBe(keys.get('a'));

  expect(keys.delete('a')).toBe(true);
  expect(keys.withValue('second')).toBeUndefined();
  expect(keys.withValue('other')).toBe(keys.get('b'));
  expect(keys.size).toBe(1);
});
