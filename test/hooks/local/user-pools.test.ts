import { userPoolsOf } from '../../../hooks/local/user-pools';

const ARN = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_A';

test('none unless somebody names one', () => {
  expect(userPoolsOf(undefined)).toEqual([]);
});

test("the command line's come after the configuration's, of which they may replace some", () => {
  expect(userPoolsOf({ [ARN]: 'http://a' }, `${ARN}=http://b`)).toEqual([
    `${ARN}=http://a`,
    `${ARN}=http://b`,
  ]);
  expect(userPoolsOf(undefined, ['x=http://x', 'y=http://y'])).toEqual([
    'x=http://x',
    'y=http://y',
  ]);
});

test.each([[[ARN]], [`${ARN}=http://a`], [{ [ARN]: { url: 'http://a' } }], [null]])(
  'a configuration of another shape is refused: %j',
  (configured) => {
    expect(() => userPoolsOf(configured)).toThrow(
      /^custom\.local\.userPools takes an object of URLs/,
    );
  },
);
