import { throwAwayName, throwAwayTime } from '../../../hooks/verify/throw-away-stream';

test.each(['*', 'orders-*', '*-eu', 'a*b*c?'])('a name tells when it was made: %s', (pattern) => {
  const before = Date.now();
  const made = throwAwayTime(throwAwayName(pattern, 'dev'), pattern, 'dev');
  expect(made).toBeGreaterThanOrEqual(before);
  expect(made).toBeLessThanOrEqual(Date.now());
});

test.each([
  ['orders', '*'],
  ['verify-dev', '*'],
  ['verify-dev-', '*'],
  ['verify-dev-mws8ukt3-0123456', '*'],
  ['verify-dev-mws8ukt3-0123456z', '*'],
  ['verify-dev-eu-mws8ukt3-01234567', '*'],
  ['my-verify-dev-mws8ukt3-01234567', '*'],
  ['verify-dev-mws8ukt3-01234567-copy', '*'],
  ['verify-dev-mws8ukt3-01234567', 'orders-*'],
  ['verify-dev-mws8ukt3-01234567', 'verify-dev-mws8ukt3-01234567'],
])("%s is nobody's leftover where streams is %s", (name, pattern) => {
  expect(throwAwayTime(name, pattern, 'dev')).toBeUndefined();
});

test('another stage with a longer name keeps its own', () => {
  const name = throwAwayName('*', 'dev-eu');
  expect(throwAwayTime(name, '*', 'dev')).toBeUndefined();
  expect(throwAwayTime(name, '*', 'dev-eu')).toBeDefined();
});
