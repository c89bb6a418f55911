import { throwAwayName } from '../../../hooks/stage/throw-away-name';
import { insideOf, namesOutside, outsideOf } from '../../../hooks/verify/outside-names';

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

test.each(['*', '**', 'orders-*', '*-orders', '*orders*', 'team-?-*-eu', '*.*', 'verify-*'])(
  'a name inside %s is found, and is one that nobody has',
  (pattern) => {
    const name = insideOf(pattern, STREAM) ?? '';

    expect(name).toMatch(/^[a-zA-Z0-9_.-]{16,128}$/);
    expect(matches(pattern, name)).toBe(true);
    expect(name).not.toBe(insideOf(pattern, STREAM.replace('1f0e9d3b', '1f0e9d3c')));
  },
);

test.each(['orders', 'orders-?', `${'a'.repeat(127)}*`])(
  'there is none where %s leaves no room for it',
  (pattern) => {
    expect(insideOf(pattern, STREAM)).toBeUndefined();
  },
);

const OWNER = { service: 'door', stage: 'dev' };
const own = throwAwayName(OWNER);

test.each([
  ['orders', ['orders*', '*orders', 'verify-*', 'verify-door-*', 'verify-*-dev-*']],
  ['orders-*', ['*orders-*', 'verify-*', 'verify-door-*', 'verify-*-dev-*']],
  ['*-eu', ['*-eu*', 'verify-*', 'verify-door-*', 'verify-*-dev-*']],
  ['verify-*', ['*verify-*']],
])('for %s there is a name in each pattern that is a little wider', (pattern, wider) => {
  const names = namesOutside(pattern, own, OWNER);

  for (const each of wider) expect(names.filter((name) => matches(each, name))).not.toEqual([]);
});

test.each([
  'orders',
  'orders-*',
  '*-eu',
  'verify-*',
  'a'.repeat(128),
  `${'a'.repeat(127)}*`,
  '?*x',
])(
  'for %s each name is one that Kinesis takes, that nobody has, and none of the stage’s',
  (pattern) => {
    const names = namesOutside(pattern, own, OWNER);

    expect(names).not.toEqual([]);
    for (const name of names) {
      expect(name).toMatch(/^[a-zA-Z0-9_.-]{16,128}$/);
      expect(matches(pattern, name)).toBe(false);
      expect(matches('verify-door-dev-*', name)).toBe(false);
    }
    const next = namesOutside(pattern, throwAwayName(OWNER), OWNER);
    expect(names.filter((name) => next.includes(name))).toEqual([]);
  },
);

test('where the pattern takes nearly every name there is none', () => {
  expect(namesOutside('?*', own, OWNER)).toEqual([]);
});
