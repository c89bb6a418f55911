import { outsideOf } from '../../../../hooks/verify/checks/other-streams';

const STREAM = 'orders-verify-dev-mfxk2a1c-1f0e9d3b';

const matches = (pattern: string, name: string) =>
  new RegExp(`^${pattern.replace(/[.*?]/g, (c) => ({ '.': '\\.', '*': '.*' })[c] ?? '.')}$`).test(
    name,
  );

test.each([
  'orders-*',
  '*-orders',
  '*orders*',
  'o*',
  '*b',
  '*1f0e9d3b',
  'orders',
  'team-?-*-eu',
  'outside-*',
  '*-*',
  '*x*',
  '*0*',
  '*.*',
])('a name outside %s is found, and is one that nobody has', (pattern) => {
  const name = outsideOf(pattern, STREAM) ?? '';

  expect(name).toMatch(/^[a-zA-Z0-9_.-]{16,128}$/);
  expect(matches(pattern, name)).toBe(false);
  expect(name).not.toBe(outsideOf(pattern, STREAM.replace('1f0e9d3b', '1f0e9d3c')));
});

test.each(['*', '**', '?*', '??*'])('there is no name outside %s', (pattern) => {
  expect(outsideOf(pattern, STREAM)).toBeUndefined();
});
