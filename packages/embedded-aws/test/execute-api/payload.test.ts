import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
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

  test.each([
    ['application/json', 'a request without a type is JSON, and so are its bytes'],
    ['*/*', 'a request without a type is binary as well'],
  ])('of the list %s: %s', async (type) => {
    const api = await apiUnderTest({ restApi: { BinaryMediaTypes: [type] } });
    await api.route({ method: 'OPTIONS', integration: mockIntegration() });
    const asText = { ContentHandling: 'CONVERT_TO_TEXT' };
    const responses = [
      { StatusCode: '200', ResponseTemplates: { 'application/json': 'text' }, ...asText },
    ];
    await api.route({
      method: 'DELETE',
      integration: mockIntegration({ ...asText, IntegrationResponses: responses }),
    });
    await api.deploy();
    const headers = { accept: '*/*' };

    const preflight = await api.call({ method: 'OPTIONS', path: '/', headers });
    const told = await api.call({ method: 'DELETE', path: '/', headers });

    expect(preflight).toMatchObject({ status: 500, text: '{"message": "Internal server error"}' });
    expect(told).toMatchObject({ status: 200, text: 'text' });
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

const NO_UTF8 = Buffer.from([0x61, 0xff, 0xfe, 0x62]);

describe('payloads that are not listed as binary', () => {
  test.each([
    ['AWS', () => kinesisIntegration()],
    [
      'HTTP_PROXY',
      () => ({ Type: 'HTTP_PROXY', IntegrationHttpMethod: 'POST', Uri: 'http://backend.example/' }),
    ],
  ])(
    'are text, in which bytes that are no UTF-8 are lost, both ways: %s',
    async (_type, integration) => {
      const bodies: Buffer[] = [];
      const api = await apiUnderTest({
        answer: ({ body }) => {
          bodies.push(body);
          return { status: 200, headers: {}, body: NO_UTF8 };
        },
        options: {
          fetch: async (_url, init) => {
            bodies.push(Buffer.from(init?.body as Uint8Array));
            return new Response(NO_UTF8);
          },
        },
      });
      await api.route({ method: 'POST', integration: integration() });
      await api.deploy();

      const response = await api.call({
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'image/png' },
        body: NO_UTF8,
      });

      expect(bodies.map(String)).toEqual(['a\ufffd\ufffdb']);
      expect(bodies[0]).toHaveLength(8);
      expect(response.body).toEqual(Buffer.from('a\ufffd\ufffdb'));
    },
  );

  test('are bytes to a client that accepts a binary type of a proxy', async () => {
    const api = await apiUnderTest({
      restApi: { BinaryMediaTypes: ['image/png'] },
      options: { fetch: async () => new Response(NO_UTF8) },
    });
    await api.route({
      integration: {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'GET',
        Uri: 'http://backend.example/',
      },
    });
    await api.deploy();

    const response = await api.call({ path: '/', headers: { accept: 'image/png, */*' } });

    expect(response.body).toEqual(NO_UTF8);
  });

  test.each([
    ['iVBORw0KGgo=', 200],
    ['iVBORw0KGgo', 200],
    ['', 200],
    ['this is a UTF8 text', 500],
    ['iVBORw0KG', 500],
    ['iVBO Rw0K', 500],
    ['iVBO=Rw0K', 500],
  ])('become bytes only if they are base64: %j is %d', async (body, status) => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({ ContentHandling: 'CONVERT_TO_BINARY' }),
    });
    await api.deploy();

    expect(await api.call({ method: 'POST', path: '/', body })).toMatchObject({ status });
  });
});

describe('images as text', () => {
  const GIF = 'R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=';
  test.each([
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', undefined],
    ['image/gif', `$util.base64Decode('${GIF}')`, Buffer.from(GIF, 'base64')],
  ])(
    '%s needs no binary type: a template writes it, whatever the client accepts',
    async (type, template, bytes) => {
      const api = await apiUnderTest();
      await api.route({
        properties: {
          MethodResponses: [
            {
              StatusCode: '200',
              ResponseParameters: { 'method.response.header.Content-Type': true },
            },
          ],
        },
        integration: kinesisIntegration({
          IntegrationResponses: [
            {
              StatusCode: '200',
              ResponseParameters: { 'method.response.header.Content-Type': `'${type}'` },
              ResponseTemplates: { 'application/json': template },
            },
          ],
        }),
      });
      await api.deploy();

      for (const accept of ['image/avif,image/webp,*/*;q=0.8', 'image/gif', '*/*']) {
        const response = await api.call({ path: '/', headers: { accept } });
        expect(response.headers['Content-Type']).toBe(type);
        expect(response.body).toEqual(bytes ?? Buffer.from(template));
      }
    },
  );

  test('bytes from a template are a failure', async () => {
    const api = await apiUnderTest();
    await api.route({
      integration: kinesisIntegration({
        IntegrationResponses: [
          {
            StatusCode: '200',
            ContentHandling: 'CONVERT_TO_BINARY',
            ResponseTemplates: { 'application/json': GIF },
          },
        ],
      }),
    });
    await api.deploy();

    expect(await api.call({ path: '/' })).toMatchObject({ status: 500 });
  });

  test('a registered type that the client accepts first takes text for base64, unless it is told not to', async () => {
    const apiWith = async (handling: Record<string, string>) => {
      const api = await apiUnderTest({ restApi: { BinaryMediaTypes: ['image/gif'] } });
      await api.route({
        integration: kinesisIntegration({
          IntegrationResponses: [
            { StatusCode: '200', ResponseTemplates: { 'application/json': '{}' }, ...handling },
          ],
        }),
      });
      await api.deploy();
      return api.call({ path: '/', headers: { accept: 'image/gif' } });
    };

    expect(await apiWith({})).toMatchObject({ status: 500 });
    expect(await apiWith({ ContentHandling: 'CONVERT_TO_TEXT' })).toMatchObject({ status: 200 });
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

  test.each([
    ['gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['deflate, gzip', 'deflate'],
    ['gzip, deflate, br', 'gzip'],
    ['br, gzip', 'gzip'],
    ['deflate;q=0.5, gzip;q=1.0', 'gzip'],
    ['gzip;q=1.0, identity;q=0.5, *;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=1.0, gzip;q=0.8', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['gzip;q=0', undefined],
    ['*', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('by the coding of highest priority: %j is %j', async (accept, coding) => {
    const api = await compressing(0);
    const headers: Record<string, string> =
      accept === undefined ? {} : { 'accept-encoding': accept };

    const { headers: answered } = await api.call({ method: 'POST', path: '/', headers });

    expect(answered['Content-Encoding']).toBe(coding);
  });

  /** An API that does not ask for compression, whose model and template want a member `a`. */
  const plainApi = async () => {
    const api = await apiUnderTest();
    const { physicalId: RequestValidatorId } = await api.stack.create('RequestValidator', {
      RestApiId: api.restApiId,
      ValidateRequestBody: true,
    });
    await api.stack.create('Model', {
      RestApiId: api.restApiId,
      Name: 'Body',
      ContentType: 'application/json',
      Schema: { type: 'object', required: ['a'] },
    });
    await api.route({
      method: 'POST',
      properties: { RequestValidatorId, RequestModels: { 'application/json': 'Body' } },
      integration: kinesisIntegration({
        PassthroughBehavior: 'NEVER',
        RequestTemplates: { 'application/json': "$input.json('$.a')" },
      }),
    });
    await api.deploy();
    const post = (encoding: string, body: Buffer) =>
      api.call({ method: 'POST', path: '/', headers: { 'content-encoding': encoding }, body });
    return { api, post };
  };
  const MESSAGE = Buffer.from('{"a":"é","b":1}');

  test.each([
    ['gzip', gzipSync(MESSAGE)],
    ['GZIP ', gzipSync(MESSAGE)],
    ['gzip', Buffer.concat([gzipSync('{"a":"'), gzipSync('é"}')])],
    ['deflate', deflateSync(MESSAGE)],
    ['identity', MESSAGE],
  ])(
    '%s of a request is undone by every API, before models and templates',
    async (encoding, body) => {
      const { api, post } = await plainApi();

      const response = await post(encoding, body);

      expect(response.status).toBe(200);
      expect(api.sent[0]?.request.body.toString()).toBe('"é"');
    },
  );

  test('a model sees what a request was before its compression', async () => {
    const { post } = await plainApi();

    expect(await post('gzip', gzipSync('{"b":1}'))).toMatchObject({
      status: 400,
      text: '{"message": "Invalid request body"}',
    });
  });

  test('a request without a body has nothing to decompress', async () => {
    const { post } = await plainApi();

    expect(await post('gzip', Buffer.alloc(0))).toMatchObject({ status: 400 });
  });

  test.each([
    ['br', brotliCompressSync(MESSAGE)],
    ['zstd', MESSAGE],
    ['x-gzip', gzipSync(MESSAGE)],
    ['gzip, gzip', gzipSync(gzipSync(MESSAGE))],
    ['gzip', MESSAGE],
    ['gzip', gzipSync(MESSAGE).subarray(0, 20)],
    ['gzip', deflateSync(MESSAGE)],
    ['deflate', gzipSync(MESSAGE)],
  ])(
    '%s, a coding that is not there or not what came, is an unsupported media type',
    async (encoding, body) => {
      const { api, post } = await plainApi();

      expect(await post(encoding, body)).toMatchObject({
        status: 415,
        text: '{"message": "Unsupported Media Type"}',
      });
      expect(api.sent).toEqual([]);
    },
  );

  test('a request that grows beyond 10 MiB is too large', async () => {
    const { api, post } = await plainApi();

    const response = await post('gzip', gzipSync(Buffer.alloc(10_485_761)));

    expect(response).toMatchObject({ status: 413, text: '{"message":"Request Too Long"}' });
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
