import { checkManagement } from '../../../resources/parameters/management';

test.each([
  ['API_KEY', 'Anyone with the API key could create streams on stage dev'],
  ['NONE', 'Anyone could create streams on stage dev'],
])('a stage with %s that manages streams has to say that anyone may', (authorization, message) => {
  const check = (manageStreams: unknown) => () =>
    checkManagement({ authorization, manageStreams }, 'dev');

  for (const open of ['true', true]) {
    expect(check(open)).toThrow(message);
    expect(check(open)).toThrow("Set manageStreams to 'false', or to 'anyone'");
  }
  for (const said of ['anyone', 'false', false]) expect(check(said)).not.toThrow();
});

test.each(['true', 'false', 'anyone'])(
  'signatures decide who may, with %s as well',
  (manageStreams) => {
    expect(() => checkManagement({ authorization: 'AWS_IAM', manageStreams }, 'dev')).not.toThrow();
  },
);

test('stage local is on this machine alone', () => {
  const open = { authorization: 'NONE', manageStreams: 'true' };
  expect(() => checkManagement(open, 'local')).not.toThrow();
});
