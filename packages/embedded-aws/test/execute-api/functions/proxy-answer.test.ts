import type { HttpResponse } from '../../../src/core/http';
import { fails, functionUnderTest, returns } from './function-under-test';

// Statuses as recorded: LocalStack's test_aws_proxy_response_payload_format_validation and
// test_lambda_aws_proxy_response_format.

const INTERNAL_ERROR = '{"message": "Internal server error"}';

async function answerTo(answer: HttpResponse) {
  const api = await functionUnderTest({ answer: () => answer });
  return { ...(await api.call({ method: 'POST', path: '/x' })), failures: api.failures };
}

describe('a function’s answer', () => {
  test.each([
    [{}, 200, ''],
    [{ statusCode: 204 }, 204, ''],
    [{ statusCode: '201', body: 'made' }, 201, 'made'],
    [{ statusCode: 200, body: null, headers: null, multiValueHeaders: null }, 200, ''],
    [{ headers: { 'x-a': 'b' } }, 200, ''],
    [{ body: 'è', isBase64Encoded: null }, 200, 'è'],
  ])('%j is taken', async (value, status, text) => {
    expect(await answerTo(returns(value))).toMatchObject({ status, text });
  });

  test.each([
    ['a string'],
    [null],
    [[]],
    [{ statusCode: 200, message: 'no such member' }],
    [{ statusCode: 'ok' }],
    [{ statusCode: 42 }],
    [{ body: { not: 'a text' } }],
    [{ headers: ['x-a'] }],
    [{ headers: { 'x-a': ['b'] } }],
    [{ multiValueHeaders: { 'x-a': 'b' } }],
    [{ cookies: ['a=b'] }],
  ])('%j is malformed', async (value) => {
    const answer = await answerTo(returns(value));

    expect(answer).toMatchObject({ status: 502, text: INTERNAL_ERROR });
    expect(answer.headers['x-amzn-ErrorType']).toBe('InternalServerErrorException');
    expect(answer.headers['X-Amzn-Trace-Id']).toBeUndefined();
    expect(answer.failures).toEqual([
      'POST /x: Execution failed due to configuration error: Malformed Lambda proxy response',
    ]);
  });

  test('has JSON for its type unless it names another, and the gateway’s trace', async () => {
    const plain = await answerTo(returns({ body: '{}' }));
    const typed = await answerTo(returns({ body: 'x', headers: { 'content-type': 'text/css' } }));

    expect(plain.headers['Content-Type']).toBe('application/json');
    expect(plain.headers['X-Amzn-Trace-Id']).toMatch(/^Root=/);
    expect(typed.headers).toMatchObject({ 'content-type': 'text/css' });
  });

  test('has booleans and numbers of headers as text, and loses those that are null', async () => {
    const { headers } = await answerTo(returns({ headers: { a: true, b: 3, c: null, d: '' } }));

    expect(headers).toMatchObject({ a: 'true', b: '3', d: '' });
    expect(headers).not.toHaveProperty('c');
  });

  test.each([
    [
      { headers: { A: 'one' }, multiValueHeaders: { A: ['two', 'three'] } },
      { A: 'two, three, one' },
    ],
    [{ headers: { a: 'one' }, multiValueHeaders: { A: ['two'] } }, { A: 'two, one' }],
    [{ headers: { A: 'one' }, multiValueHeaders: { A: ['one', 'two'] } }, { A: 'one, two' }],
  ])('merges %j', async (value, merged) => {
    expect((await answerTo(returns(value))).headers).toMatchObject(merged);
  });

  test('may set several cookies', async () => {
    const cookies = ['a=1; Path=/', 'b=2'];
    const { headers } = await answerTo(returns({ multiValueHeaders: { 'Set-Cookie': cookies } }));

    expect(headers['set-cookie']).toEqual(cookies);
  });

  test('cannot set headers that AWS keeps for itself', async () => {
    const headers = { 'Content-Length': '99', Server: 'mine', 'Transfer-Encoding': 'chunked' };
    const answer = await answerTo(returns({ headers }));

    expect(answer.headers).toMatchObject({
      'x-amzn-Remapped-Content-Length': '99',
      'x-amzn-Remapped-Server': 'mine',
    });
    expect(answer.headers).not.toHaveProperty('Transfer-Encoding');
  });
});

describe('a function that fails', () => {
  test('is a 502, and its message is in the log', async () => {
    const answer = await answerTo(fails('no database'));

    expect(answer).toMatchObject({ status: 502, text: INTERNAL_ERROR });
    expect(answer.failures).toEqual([
      'POST /x: Lambda execution failed with status 200 due to customer function error: no database. Lambda request id: r-1',
    ]);
  });
});

// Recorded: LocalStack's test_aws_proxy_binary_response.
describe('a body in base64', () => {
  const BYTES = Buffer.from([0x89, 0x50, 0xff]);
  const BASE64 = BYTES.toString('base64');

  const bodyFor = async (
    list: readonly string[],
    accept: string | undefined,
    value: Record<string, unknown> = { body: BASE64, isBase64Encoded: true },
  ) => {
    const api = await functionUnderTest({
      restApi: { BinaryMediaTypes: list },
      answer: () => returns(value),
    });
    return api.call({ path: '/x', headers: accept === undefined ? {} : { accept } });
  };

  test.each([
    [['image/png'], 'image/png'],
    [['image/png'], 'image/png,image/*,*/*;q=0.8'],
    [['image/*'], 'image/png'],
    [['image/*'], 'image/*'],
    [['*/*'], 'text/plain'],
  ])('is bytes for the list %j and Accept %s', async (list, accept) => {
    expect((await bodyFor(list, accept)).body).toEqual(BYTES);
  });

  test.each([
    [[], 'image/png'],
    [['image/png'], undefined],
    [['image/png'], 'image/*'],
    [['image/png'], '*/*'],
    [['image/png'], 'image/webp,image/png'],
    [['*/png'], 'image/png'],
    [['*/png'], '*/png'],
    [['image/*'], 'image'],
  ])('stays text for the list %j and Accept %s', async (list, accept) => {
    expect((await bodyFor(list, accept)).text).toBe(BASE64);
  });

  test('that is called none stays text, and what is none is an internal error', async () => {
    const accept = 'image/png';

    expect((await bodyFor([accept], accept, { body: BASE64, isBase64Encoded: false })).text).toBe(
      BASE64,
    );
    expect(await bodyFor([accept], accept, { body: 'èé)(', isBase64Encoded: true })).toMatchObject({
      status: 500,
      text: INTERNAL_ERROR,
    });
  });
});
