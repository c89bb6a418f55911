import {
  prefixOf,
  readThrowAwayName,
  type StreamOwner,
  throwAwayName,
} from '../../../hooks/stage/throw-away-name';

const OWNER = { service: 'door', stage: 'dev' };

test('no two runs have the same name', () => {
  expect(throwAwayName(OWNER)).not.toBe(throwAwayName(OWNER));
});

test('it bears service and stage', () => {
  expect(throwAwayName(OWNER)).toMatch(/^verify-door-dev-[0-9a-z]{8}-[0-9a-f]{16}$/);
});

const LONG = 'x'.repeat(127);

test.each<StreamOwner>([
  { service: LONG, stage: 'd' },
  { service: 'd', stage: LONG },
  { service: 'x'.repeat(200), stage: 'y'.repeat(200) },
  { service: 'x'.repeat(60), stage: 'y'.repeat(34) },
])('it is a name that Kinesis takes, however long service and stage are: %j', (owner) => {
  const name = throwAwayName(owner);

  expect(name).toMatch(/^verify-[a-zA-Z0-9_.-]{1,121}$/);
  expect(name.startsWith(prefixOf(owner))).toBe(true);
  expect(readThrowAwayName(name, owner)?.namesOwner).toBe(true);
});

test('long names that begin alike are told apart', () => {
  const [one, other] = ['a', 'b'].map((end) => ({ service: `${LONG}${end}`, stage: 'dev' }));
  if (one === undefined || other === undefined) throw new TypeError('There are two.');

  expect(prefixOf(one)).not.toBe(prefixOf(other));
  expect(readThrowAwayName(throwAwayName(one), other)).toBeUndefined();
});

test('a name tells when it was made, and that it is its owner’s', () => {
  const before = Date.now();
  const read = readThrowAwayName(throwAwayName(OWNER), OWNER);

  expect(read?.namesOwner).toBe(true);
  expect(read?.madeAt.getTime()).toBeGreaterThanOrEqual(before);
  expect(read?.madeAt.getTime()).toBeLessThanOrEqual(Date.now());
});

test.each(['orders-', '0', 'averify-door-dev-'])(
  'a name is read within a pattern, where version 0.2 put it: after %s',
  (begin) => {
    const read = readThrowAwayName(`${begin}${throwAwayName(OWNER)}-eu`, OWNER);

    expect(read?.namesOwner).toBe(true);
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
  expect(readThrowAwayName(throwAwayName(maker), reader)).toBeUndefined();
});

test('where two owners share a form, only the maker is named', () => {
  const name = throwAwayName({ service: 'front', stage: 'door-dev' });

  expect(readThrowAwayName(name, { service: 'front', stage: 'door-dev' })?.namesOwner).toBe(true);
  expect(readThrowAwayName(name, { service: 'front-door', stage: 'dev' })?.namesOwner).toBe(false);
});
