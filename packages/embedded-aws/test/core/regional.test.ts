import type { Scope } from '../../src/core/caller';
import { Regional } from '../../src/core/regional';

const scopes: readonly Scope[] = [
  { accountId: '222222222222', region: 'us-east-1' },
  { accountId: '111111111111', region: 'us-east-1' },
  { accountId: '222222222222', region: 'eu-west-1' },
  // Clients name both in their credentials, whatever it is.
  { accountId: '__proto__', region: 'constructor' },
  { accountId: 'a/b', region: 'c' },
  { accountId: 'a', region: 'b/c' },
];

test('each account and region has a store of its own, and always the same', () => {
  const regional = new Regional((scope) => ({ scope }));
  const made = scopes.map((scope) => regional.in(scope));
  expect(made.map(({ scope }) => scope)).toEqual(scopes);
  for (const [index, scope] of scopes.entries()) {
    expect(regional.in({ ...scope })).toBe(made[index]);
  }
});

test('stores are told in the order they were made, with where they are', () => {
  const regional = new Regional(({ region }) => region);
  for (const scope of [...scopes, ...scopes]) regional.in(scope);
  expect([...regional.entries()]).toEqual(scopes.map((scope) => [scope, scope.region]));
  expect(regional.all()).toEqual(scopes.map(({ region }) => region));
});
