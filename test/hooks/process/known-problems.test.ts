import { HookError } from '../../../hooks/framework';
import {
  accessProblem,
  credentialProblem,
  outsideProblem,
} from '../../../hooks/process/known-problems';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const coded = (code: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { code, ...more });
const framework = (code: string, message: string) =>
  Object.assign(new Error(message), { code, name: 'ServerlessError' });

test.each<[string, Error, string]>([
  ['a query service', named('ExpiredToken', 'The token is expired'), 'aws sso login'],
  ['a JSON service', named('ExpiredTokenException', 'The token is expired'), 'aws sso login'],
  ['STS', named('InvalidClientTokenId', 'The token is invalid.'), 'aws sso login'],
  ['Kinesis', named('UnrecognizedClientException', 'The token is invalid.'), 'new keys'],
  ['S3', named('InvalidAccessKeyId', 'The key does not exist.'), 'new keys'],
  ['an old signature', named('SignatureDoesNotMatch', 'Signature expired: 2026'), 'clock'],
  ['a wrong clock', named('RequestTimeTooSkewed', 'The difference is too large.'), 'clock'],
  ['the SDK', named('CredentialsProviderError', 'Could not load credentials'), '--aws-profile'],
  [
    'the framework',
    framework('AWS_CREDENTIALS_NOT_FOUND', 'Not found. Learn how'),
    'aws sso login',
  ],
  ['a profile', framework('UNRECOGNIZED_AWS_PROFILE', 'AWS profile "x"'), '--aws-profile'],
  ['SSO', framework('AWS_SSO_LOGIN_EXPIRED', 'expired'), 'aws sso login'],
  ['no name server', coded('EAI_AGAIN', 'getaddrinfo EAI_AGAIN sts'), 'the network'],
  ['no such host', coded('ENOTFOUND', 'getaddrinfo ENOTFOUND sts'), 'the network'],
  ['no answer', named('TimeoutError', 'socket hang up'), 'the network'],
  [
    'a login page',
    named('SyntaxError', "Unexpected token '<'\n  Deserialization error: see $response."),
    'a login page',
  ],
  ['a proxy', coded('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate'), 'NODE_EXTRA_CA_CERTS'],
])('%s: one line with what was said and what to do', (_, error, advice) => {
  const line = outsideProblem(error) ?? '';

  expect(line).toContain(advice);
  expect(line).toContain(error.message.split(/[.\n]/)[0]);
  expect(line).not.toContain('\n');
  expect(accessProblem(error)).toBeDefined();
});

test('several ways that all failed have no message of their own', () => {
  const error = Object.assign(new AggregateError([], 'no'), { code: 'ENETUNREACH', message: '' });
  expect(outsideProblem(error)).toMatch(/^AWS does not answer \(ENETUNREACH\)\. /);
});

const file = { syscall: 'mkdir', path: '/x/.serverless' };

test.each([
  ['EACCES', 'permission denied', 'write permission'],
  ['EROFS', 'read-only file system', 'copy of the project'],
  ['ENOSPC', 'no space left on device', 'Free some space'],
  ['ENOTDIR', 'not a directory', 'Move it away'],
])('a file: %s', (code, text, advice) => {
  const error = coded(code, `${code}: ${text}, mkdir '/x/.serverless'`, file);

  expect(outsideProblem(error)).toContain(`(${code}: ${text}, mkdir '/x/.serverless'). `);
  expect(outsideProblem(error)).toContain(advice);
  expect(accessProblem(error)).toBeUndefined();
});

test.each([
  new TypeError('x is undefined'),
  new HookError('VERIFICATION_FAILED', 'Verification failed.'),
  named('AccessDeniedException', 'User x is not authorized to perform: y'),
  framework('STACK_FAILED', 'CREATE_FAILED: Role'),
  coded('EACCES', 'no file of anybody'),
  'a text',
])('%s says itself what it is', (error) => {
  expect(outsideProblem(error)).toBeUndefined();
});

test.each([
  'AccessDeniedException',
  'NotAuthorized',
  'UnauthorizedException',
  'UnauthorizedOperation',
])('%s is about rights, which another sign-in does not give', (name) => {
  expect(credentialProblem(name)).toBeUndefined();
});
