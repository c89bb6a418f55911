import { gunzipSync, gzipSync } from 'node:zlib';
import { apiUnderTest, kinesisIntegration, mockIntegration } from './api-under-test';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);

describe('binary media types', () => {
  test('pass bytes through unharmed, both ways', async () => {
    const api = await apiUnderTest({
      restApi: { BinaryMediaTypes: ['image/*'] },
      answer: ({ body }) => ({ status: 200, headers: { 'content-type': 'image/png' }, body }),
    });
    await api.route({ method: 'POST', integration: kinesisIntegration() });
    await api.deploy();

    const response = await api.call({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'image/png', accept: 'image/png' },
      body: PNG,
    });

    expect(api.sent[0]?.request.body).toEqual(PNG);
    expect(response.body).toEqual(PNG);
  });

  test('become base64 text where text is wanted', async () => {
    const api = await apiUnderTest({
      restApi: { BinaryMediaTypes: ['image~1png'] },
      answer: () => ({ status: 200, headers: { 'content-type': 'image/png' }, body: PNG }),
    });
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        ContentHandling: 'CONVERT_TO_TEXT',
        RequestTemplates: { 'image/png': '{"Data":"$input.body"}' },
      }),
    });
    await api.deploy();

    const response = await api.call({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'image/png' },
      body: PNG,
    });

    const base64 = PNG.toString('base64');
    expect(api.sent[0]?.request.body.toString()).toBe(`{"Data":"${base64}"}`);
    expect(response.text).toBe(base64);
  });

  test('cannot be read by a template', async () => {
    const api = await apiUnderTest({ restApi: { BinaryMediaTypes: ['image/png'] } });
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({ RequestTemplates: { 'image/png': '$input.body' } }),
    });
    await api.deploy();

    const response = await api.call({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'image/png' },
      body: PNG,
    });

    expect(response.status).toBe(500);
  });
});

describe('compression', () => {
  const long = 'x'.repeat(100);
  const compressing = async (MinimumCompressionSize: number) => {
    const api = await apiUnderTest({ restApi: { MinimumCompressionSize } });
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        IntegrationResponses: [
          { StatusCode: '200', ResponseTemplates: { 'application/json': long } },
        ],
      }),
    });
    await api.deploy();
    return api;
  };

  test('is for answers that are long enough and clients that take it', async () => {
    const api = await compressing(100);
    const shorter = await compressing(101);
    const call = { method: 'POST', path: '/', headers: { 'accept-encoding': 'br, gzip' } };

    const compressed = await api.call(call);
    const short = await shorter.call(call);
    const plain = await api.call({ ...call, headers: { 'accept-encoding': 'gzip;q=0' } });

    expect(compressed.headers['Content-Encoding']).toBe('gzip');
    expect(gunzipSync(compressed.body).toString()).toBe(long);
    expect(short.text).toBe(long);
    expect(plain.text).toBe(long);
  });

  test('of requests is undone', async () => {
    const api = await compressing(0);
    const post = (encoding: string, body: Buffer) =>
      api.call({ method: 'POST', path: '/', headers: { 'content-encoding': encoding }, body });

    await post('gzip', gzipSync('{"a":1}'));
    const broken = await post('gzip', Buffer.from('not gzip'));
    const unknown = await post('zstd', Buffer.from('x'));

    expect(api.sent[0]?.request.body.toString()).toBe('{"a":1}');
    expect(broken.status).toBe(400);
    expect(unknown.status).toBe(415);
  });

  test('of a bomb is not undone', async () => {
    const api = await compressing(0);

    const response = await api.call({
      method: 'POST',
      path: '/',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(11 * 1024 * 1024)),
    });

    expect(response.status).toBe(400);
    expect(api.sent).toEqual([]);
  });

  test('is off for an API that does not ask for it', async () => {
    const api = await apiUnderTest();
    await api.route({ integration: mockIntegration() });
    await api.deploy();

    const response = await api.call({ path: '/', headers: { 'accept-encoding': 'gzip' } });

    expect(response.text).toBe('{"mock":true}');
  });
});
