import { whenDone } from '../../src/core/done';

test('goes on at once with a value, and later with a promise of one', async () => {
  const next = (value: number) => value + 1;

  expect(whenDone(1, next)).toBe(2);
  await expect(whenDone(Promise.resolve(1), next)).resolves.toBe(2);
});

test('leaves what is thrown to the caller, and a rejection to the promise', async () => {
  const next = () => {
    throw new Error('no');
  };

  expect(() => whenDone(1, next)).toThrow('no');
  await expect(whenDone(Promise.resolve(1), next)).rejects.toThrow('no');
});
