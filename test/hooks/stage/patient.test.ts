import { type APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { patient } from '../../../hooks/stage/patient';

/** An error as the SDK throws it. */
const sdkError = (name: string, status?: number, more = {}) =>
  Object.assign(new Error('as it says'), {
    name,
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
    ...more,
  });

/** The error for an answer that the SDK cannot parse, as it was expected. */
const unreadable = (name: string, status: number) => {
  const error = sdkError(name, status);
  error.message += '\n  Deserialization error: to see the raw response, inspect $response.';
  return error;
};

const HANGS = Symbol('no answer, ever');

/** A client whose commands end so, one after another; the last one's end is that of all that follow. */
function clientOf(ends: readonly unknown[], options = {}) {
  let sent = 0;
  const send = async () => {
    const end = ends[Math.min(sent, ends.length - 1)];
    sent += 1;
    if (end === HANGS) return new Promise(() => {});
    if (end instanceof Error) throw end;
    return end;
  };
  let busy = 0;
  const client = patient({ send } as unknown as APIGatewayClient, {
    service: 'Kinesis',
    isVital: true,
    signal: new AbortController().signal,
    retryMs: 60_000,
    requestMs: 20,
    onBusy: () => {
      busy += 1;
    },
    ...options,
  });
  const ask = () => client.send(new GetStageCommand({ restApiId: 'a', stageName: 's' }));
  return { ask, client, sent: () => sent, busy: () => busy };
}

test.each([
  ['throttling', sdkError('ThrottlingException', 400)],
  ["a shard's limit", sdkError('ProvisionedThroughputExceededException', 400)],
  ["an account's limit", sdkError('LimitExceededException', 400)],
  ['a fault of the service', sdkError('InternalFailure', 500)],
  ['a dropped connection', sdkError('Error', undefined, { code: 'ECONNRESET' })],
  ['a host that is not found', sdkError('Error', undefined, { code: 'ENOTFOUND' })],
  ['a page of something in between', unreadable('SyntaxError', 200)],
  ['the same where XML is expected', unreadable('Error', 400)],
  ['an answer without a name', sdkError('UnknownError', 400)],
  ['a clock that is wrong', sdkError('RequestTimeTooSkewed', 403)],
  ['no answer', HANGS],
])('%s is asked again', async (_, first) => {
  const { ask, sent } = clientOf([first, { restApiId: 'a' }]);
  await expect(ask()).resolves.toEqual({ restApiId: 'a' });
  expect(sent()).toBe(2);
});

test('it is told of every request to slow down', async () => {
  const throttled = sdkError('ThrottlingException', 400);
  const { ask, busy } = clientOf([throttled, throttled, {}]);
  await ask();
  expect(busy()).toBe(2);
});

test('what the service answers is what it says', async () => {
  const error = sdkError('ResourceNotFoundException', 400);
  const { ask, sent } = clientOf([error]);
  await expect(ask()).rejects.toBe(error);
  expect(sent()).toBe(1);
});

test('a service that does not answer is asked five times, and then no more', async () => {
  const { ask, sent } = clientOf([HANGS]);
  await expect(ask()).rejects.toMatchObject({
    obstacle: 'silent',
    endsRun: true,
    isKnown: false,
    message: expect.stringContaining('Kinesis does not answer (no answer in 20 ms, asked 5 times)'),
  });
  await expect(ask()).rejects.toMatchObject({ obstacle: 'silent', isKnown: true });
  expect(sent()).toBe(5);
});

test('one that is needed by some checks only does not end the run', async () => {
  const { ask } = clientOf([HANGS], { isVital: false });
  await expect(ask()).rejects.toMatchObject({ obstacle: 'silent', endsRun: false });
});

const REFUSED = /^AWS rejects the credentials \(Kinesis: .*\)\. Sign in again/;
const UNSIGNED = /^AWS rejects the signature \(Kinesis: .*\)\. Check the secret access key/;

test.each([
  ['ExpiredTokenException', REFUSED],
  ['ExpiredToken', REFUSED],
  ['UnrecognizedClientException', REFUSED],
  ['InvalidClientTokenId', REFUSED],
  ['TokenProviderError', REFUSED],
  ['SignatureDoesNotMatch', UNSIGNED],
  ['InvalidSignatureException', UNSIGNED],
  ['CredentialsProviderError', /^No AWS credentials \(Kinesis: .*\)\. Sign in/],
])('%s ends all at the first refusal', async (name, said) => {
  const { ask, sent } = clientOf([sdkError(name, 403)]);
  for (const isKnown of [false, true]) {
    await expect(ask()).rejects.toMatchObject({
      obstacle: 'credentials',
      endsRun: true,
      isKnown,
      message: expect.stringMatching(said),
    });
  }
  expect(sent()).toBe(1);
});

test.each(['AccessDeniedException', 'KMSAccessDeniedException'])(
  'what the identity may not do is about this command alone: %s',
  async (name) => {
    const { ask, sent } = clientOf([sdkError(name, 400), {}]);
    await expect(ask()).rejects.toMatchObject({ obstacle: 'denied', endsRun: false });
    await expect(ask()).resolves.toEqual({});
    expect(sent()).toBe(2);
  },
);

test.each([
  ['a fault', sdkError('InternalFailure', 500)],
  ['throttling', sdkError('ThrottlingException', 400)],
])('%s that does not pass is no fault of the stage', async (_, error) => {
  const { ask } = clientOf([error], { retryMs: 0 });
  await expect(ask()).rejects.toMatchObject({ obstacle: 'failing', endsRun: false });
});

test('who is interrupted waits no more', async () => {
  const controller = new AbortController();
  const { ask } = clientOf([HANGS], { signal: controller.signal, requestMs: 20_000 });
  const asked = ask();
  controller.abort(new Error('interrupted'));
  await expect(asked).rejects.toThrow('interrupted');
});

test('patience is not added twice', async () => {
  const { client, sent } = clientOf([HANGS]);
  const again = patient(client, {
    service: 'Kinesis',
    isVital: true,
    signal: new AbortController().signal,
    retryMs: 0,
    requestMs: 20,
  });
  await expect(again.send(new GetStageCommand({ restApiId: 'a', stageName: 's' }))).rejects.toThrow(
    'asked 5 times',
  );
  expect(sent()).toBe(5);
});
