import { render } from '../support/render';

test.each([
  ['ResourceNotFoundException', 404],
  ['ResourceInUseException', 409],
  ['ProvisionedThroughputExceededException', 429],
  ['LimitExceededException', 429],
  ['AccessDeniedException', 403],
  ['ServiceUnavailable', 503],
  ['com.amazonaws.kinesis.v20131202#ResourceNotFoundException', 404],
])("Kinesis's %s becomes %d", (code, status) => {
  const { text, responseOverride } = render('Error.response', {
    body: { __type: code, message: 'Stream "x" under account 000000000000 not found.' },
  });

  expect(responseOverride.status).toBe(status);
  expect(JSON.parse(text)).toEqual({
    code: code.replace(/^.*#/, ''),
    message: 'Stream "x" under account 000000000000 not found.',
    requestId: 'request-1',
  });
});

test.each([
  'ValidationException',
  'SerializationException',
  'InvalidArgumentException',
  'NewException',
])('%s keeps the status of the integration response', (code) => {
  const { responseOverride } = render('Error.response', { body: { __type: code, message: 'm' } });
  expect(responseOverride.status).toBeUndefined();
});

test('a message that AWS spells with a capital is found', () => {
  const { text } = render('Error.response', {
    body: { __type: 'AccessDeniedException', Message: 'User: x is not authorized' },
  });
  expect(JSON.parse(text).message).toBe('User: x is not authorized');
});

test.each(['', '<html>', '{}', '[]'])(
  'an answer that is no Kinesis error (%j) is still JSON',
  (body) => {
    const { text, responseOverride } = render('Error.response', { body });
    expect(JSON.parse(text)).toEqual({
      code: 'BadGateway',
      message: 'What came back is no answer of Kinesis.',
      requestId: 'request-1',
    });
    // Always 502, because the answer did not come from Kinesis.
    expect(responseOverride.status).toBe(502);
  },
);
