import { readOptions } from '../../../scripts/prove/options';

// A proof makes something that costs money in somebody's account: never by accident.

const SAFE = ['--profile', 'sandbox', '--region', 'eu-west-1'];
const read = (...args: string[]) => readOptions(args, {});

test('names the place, and takes nothing from defaults', () => {
  expect(read(...SAFE)).toMatchObject({
    type: 'prove',
    yes: false,
    place: { profile: 'sandbox', region: 'eu-west-1', endpoint: undefined, account: undefined },
    choices: { isEmulated: false, only: undefined },
  });
});

test.each<[string, string[], RegExp]>([
  ['no region', ['--profile', 'sandbox'], /Name the region/],
  ['no account', ['--region', 'eu-west-1'], /either --profile <name>, or --from-environment/],
  ['two accounts', [...SAFE, '--from-environment'], /either --profile/],
  ['a stage', [...SAFE, '--stage', 'dev'], /There is no --stage.*not even 'dev'/],
  ['a profile of production', ['--profile', 'acme-prod', '--region', 'x'], /looks like production/],
  ['an id of production', [...SAFE, '--id', 'prod'], /not a name of production/],
  ['an id that no stack may have', [...SAFE, '--id', 'A_b'], /lower-case letters/],
  ['an account that is none', [...SAFE, '--account', '123'], /12 digits/],
  [
    'an unknown step',
    [...SAFE, '--only', 'verfy'],
    /'verfy' is no step. There are verify, contract/,
  ],
  ['an unknown parameter', [...SAFE, '--with', 'webAcl=x'], /'webAcl' is no parameter/],
  ['an unknown option', [...SAFE, '--force'], /Unknown option '--force'.*--help/],
])('refuses %s', (_, args, message) => {
  expect(() => read(...args)).toThrow(message);
});

test.each(['products', 'delivery', 'reproduce'])('%s is no name of production', (profile) => {
  expect(() => read('--profile', profile, '--region', 'eu-west-1')).not.toThrow();
});

test('refuses an endpoint that only the environment names', () => {
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
  expect(() => readOptions([...SAFE], environment)).toThrow(/name it with --endpoint/);
  expect(
    readOptions(['--region', 'us-east-1', '--endpoint', 'http://127.0.0.1:4566/'], environment),
  ).toMatchObject({ place: { endpoint: 'http://127.0.0.1:4566' }, choices: { isEmulated: true } });
});

test('parameters that need something outside are given by name', () => {
  expect(read(...SAFE, '--with', 'alarmTopicArn=arn:aws:sns:a=b')).toMatchObject({
    choices: { given: { alarmTopicArn: 'arn:aws:sns:a=b' } },
  });
});
