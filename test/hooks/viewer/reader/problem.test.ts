import { HookError } from '../../../../hooks/framework';
import { problemOf, readingError } from '../../../../hooks/viewer/reader/problem';

function named(name: string, message = 'What Kinesis said.'): Error {
  return Object.assign(new Error(message), { name });
}

test.each([
  ['ResourceNotFoundException', 'no such stream', 'Check the name'],
  ['AccessDeniedException', 'do not allow', 'GetRecords'],
  ['KMSAccessDeniedException', 'key', 'kms:Decrypt'],
  ['ExpiredTokenException', 'credentials', 'aws sso login'],
  ['CredentialsProviderError', 'credentials', 'aws sso login'],
  ['ProvisionedThroughputExceededException', 'throttles the requests', 'try again'],
  ['ResourceInUseException', 'not ready', 'in a moment'],
])('%s: what it is and what to do', (name, title, advice) => {
  const problem = problemOf(named(name));
  expect(problem.code).toBe(name);
  expect(problem.title).toContain(title);
  expect(problem.advice).toContain('What Kinesis said.');
  expect(problem.advice).toContain(advice);
});

test('nobody answers', () => {
  const error = Object.assign(new AggregateError([], 'Nobody there'), { code: 'ECONNREFUSED' });
  expect(problemOf(error)).toMatchObject({
    code: 'ECONNREFUSED',
    title: 'AWS does not answer',
    advice: expect.stringContaining('npm start'),
  });
});

test('what any command may meet is left to the one place that says what to do about it', () => {
  const expired = named('ExpiredTokenException');
  expect(readingError(expired)).toBe(expired);
});

test('on the command line what is known of Kinesis is an error of the user, what is not keeps its stack', () => {
  expect(readingError(named('AccessDeniedException'))).toBeInstanceOf(HookError);
  const defect = new TypeError('x is undefined');
  expect(readingError(defect)).toBe(defect);
});
