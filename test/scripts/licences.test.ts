import { isAllowed, lockedPackages } from '../../scripts/licences';

test.each([
  '.',
  'packages/embedded-aws/test/end-to-end/fixtures/cognito-local',
  'packages/embedded-aws/test/end-to-end/fixtures/cdk',
])('%s: every package of the lock has a licence that is allowed', (folder) => {
  const packages = lockedPackages(folder);

  expect(packages.length).toBeGreaterThan(0);
  expect(packages.filter((one) => !isAllowed(one))).toEqual([]);
});

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['AGPL-3.0-or-later', false],
  ['UNLICENSED', false],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only AND ISC OR MIT', true],
  ['GPL-3.0-only AND (ISC OR MIT)', false],
  ['(GPL-2.0-only OR (MIT AND BSD-3-Clause))', true],
  ['MIT Apache-2.0', false],
  ['(MIT', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['', false],
  [undefined, false],
])('%s: allowed %s', (licence, allowed) => {
  expect(isAllowed({ id: 'some@1.0.0', licence, isDevelopment: false })).toBe(allowed);
});

test('a file-level copyleft is allowed where only tests run it', () => {
  const packaged = { id: 'some@1.0.0', licence: 'MPL-2.0' };

  expect(isAllowed({ ...packaged, isDevelopment: true })).toBe(true);
  expect(isAllowed({ ...packaged, isDevelopment: false })).toBe(false);
});
