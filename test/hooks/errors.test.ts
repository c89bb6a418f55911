import ErrorsPlugin from '../../hooks/errors';

const said = async (error: Error) => {
  await new ErrorsPlugin().hooks.error(error);
  return [error.message, error.stack];
};

test('what comes from outside has its line in place of message and stack', async () => {
  const expired = Object.assign(new Error('Expired.'), { name: 'ExpiredToken', $metadata: {} });
  const line = expect.stringMatching(/^AWS rejects the credentials \(ExpiredToken: .*again\.$/);

  expect(await said(expired)).toEqual([line, line]);
});

test('nor does it matter that an error has its message from a getter, as DOMExceptions do', async () => {
  class TimeoutError extends Error {
    override readonly name = 'TimeoutError';
    override get message() {
      return 'The operation timed out';
    }
  }
  expect((await said(new TimeoutError()))[0]).toContain('AWS does not answer');
});

test('a defect keeps its stack', async () => {
  const defect = new TypeError('x is undefined');
  const { stack } = defect;
  expect(await said(defect)).toEqual(['x is undefined', stack]);
});
