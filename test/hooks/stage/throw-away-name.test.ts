import { readThrowAwayName, throwAwayName } from '../../../hooks/stage/throw-away-name';

const OWNER = { service: 'door', stage: 'dev' };

test('no two runs have the same name', () => {
  expect(throwAwayName('*', OWNER)).not.toBe(throwAwayName('*', OWNER));
});

test.each([
  ['*', /^verify-door-dev-[0-9a-z]+-[0-9a-f]{16}$/],
  ['orders-*', /^orders-verify-door-dev-[0-9a-z]+-[0-9a-f]{16}$/],
  ['*-eu', /^verify-door-dev-[0-9a-z]+-[0-9a-f]{16}-eu$/],
  ['a*b*c?', /^averify-door-dev-[0-9a-z]+-[0-9a-f]{16}bcx$/],
])("it bears service and stage, in the stage's pattern %s", (pattern, expected) => {
  expect(throwAwayName(pattern, OWNER)).toMatch(expected);
});

test('a stage of exactly one stream is refused: that stream must not be touched', () => {
  expect(() => throwAwayName('orders', OWNER)).toThrow("only the stream 'orders'");
});

test('a pattern that leaves no room is refused', () => {
  expect(() => throwAwayName(`${'x'.repeat(127)}*`, OWNER)).toThrow('is too long');
});

test.each(['*', 'orders-*', '*-eu', 'a*b*c?', 'verify-door-dev-*', '0*abcdef'])(
  "a name tells when it was made, and that it is its owner's: %s",
  (pattern) => {
    const before = Date.now();
    const read = readThrowAwayName(throwAwayName(pattern, OWNER), OWNER);

    expect(read?.namesOwner).toBe(true);
    expect(read?.madeAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(read?.madeAt.getTime()).toBeLessThanOrEqual(Date.now());
  },
);

test.each([
  'orders',
  'verify-door-dev',
  'verify-door-dev-',
  'verify-door-dev-mws8ukt3-0123456789abcde',
  'verify-door-dev-mws8ukt3-0123456789abcdez'.slice(0, -2),
  'verify-door-dev-eu-mws8ukt3-0123456789abcdef',
  'verify-door-mws8ukt3-0123456789abcdef',
  'verify-dev-mws8ukt3-01234567',
])('%s is not of the form', (name) => {
  expect(readThrowAwayName(name, OWNER)).toBeUndefined();
});

test.each([
  [{ service: 'door', stage: 'dev-eu' }, OWNER],
  [OWNER, { service: 'door', stage: 'dev-eu' }],
  [{ service: 'other', stage: 'dev' }, OWNER],
])('the streams of %j are not those of %j', (maker, reader) => {
  expect(readThrowAwayName(throwAwayName('*', maker), reader)).toBeUndefined();
});

test('where two owners share a form, only the maker is named', () => {
  const name = throwAwayName('*', { service: 'front', stage: 'door-dev' });

  expect(readThrowAwayName(name, { service: 'front', stage: 'door-dev' })?.namesOwner).toBe(true);
  expect(readThrowAwayName(name, { service: 'front-door', stage: 'dev' })?.namesOwner).toBe(false);
});
