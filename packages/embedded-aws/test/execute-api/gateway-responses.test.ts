import type { Properties } from '../../src/core/resource-handler';
import { apiUnderTest, kinesisIntegration, mockIntegration } from './api-under-test';

async function apiWith(...responses: Properties[]) {
  const api = await apiUnderTest();
  await api.route({
    method: 'POST',
    path: '/items/{id}',
    integration: kinesisIntegration({ PassthroughBehavior: 'NEVER' }),
  });
  for (const response of responses) {
    await api.stack.create('GatewayResponse', { RestApiId: api.restApiId, ...response });
  }
  await api.deploy({ Variables: { team: 'data' } });
  return api;
}

const unsupported = { method: 'POST', path: '/items/7', query: 'q=1' };

describe('gateway responses', () => {
  test('are plain JSON unless they are customized', async () => {
    const api = await apiWith();

    const response = await api.call(unsupported);

    expect(response).toMatchObject({ status: 415, text: '{"message": "Unsupported Media Type"}' });
    expect(response.headers).toMatchObject({ 'Content-Type': 'application/json' });
    expect(response.headers).not.toHaveProperty('X-Amzn-Trace-Id');
  });

  test('have a blank behind the colon when it is the method that fails', async () => {
    const api = await apiWith();

    const within = await api.call(unsupported);
    const before = await api.call({ path: '/nowhere' });

    expect(within.text).toBe('{"message": "Unsupported Media Type"}');
    expect(before.text).toBe('{"message":"Missing Authentication Token"}');
  });

  test('take status, headers and body of their type', async () => {
    const api = await apiWith({
      ResponseType: 'UNSUPPORTED_MEDIA_TYPE',
      StatusCode: '499',
      ResponseParameters: {
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
        'gatewayresponse.header.x-id': 'method.request.path.id',
        'gatewayresponse.header.x-query': 'method.request.querystring.q',
        'gatewayresponse.header.x-accept': 'method.request.header.Accept',
        'gatewayresponse.header.x-team': 'stageVariables.team',
        'gatewayresponse.header.x-none': 'method.request.header.Nothing',
      },
      ResponseTemplates: {
        'application/json':
          '{"m":$context.error.messageString,"t":"$context.error.responseType","p":"$context.resourcePath","s":"${stageVariables.team}","x":"$context.nothing.at.all"} #if(true)kept#end',
      },
    });

    const response = await api.call({ ...unsupported, headers: { accept: '*/*' } });

    expect(response.status).toBe(499);
    expect(response.text).toBe(
      '{"m":"Unsupported Media Type","t":"UNSUPPORTED_MEDIA_TYPE","p":"/items/{id}","s":"data","x":""} #if(true)kept#end',
    );
    expect(response.headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'x-id': '7',
      'x-query': '1',
      'x-accept': '*/*',
      'x-team': 'data',
    });
    expect(response.headers).not.toHaveProperty('x-none');
  });

  test('of a class hold for its types that have none of their own', async () => {
    const api = await apiWith(
      { ResponseType: 'DEFAULT_4XX', ResponseTemplates: { 'text/plain': 'client' } },
      { ResponseType: 'DEFAULT_5XX', StatusCode: '599' },
    );

    const client = await api.call(unsupported);
    const route = await api.call({ path: '/nowhere' });

    expect(client).toMatchObject({ status: 415, text: 'client' });
    expect(client.headers['Content-Type']).toBe('text/plain');
    expect(route).toMatchObject({ status: 403, text: 'client' });
  });

  test('pick the template that the client accepts', async () => {
    const api = await apiWith({
      ResponseType: 'UNSUPPORTED_MEDIA_TYPE',
      ResponseTemplates: { 'application/json': 'json', 'application/xml': '<e/>' },
    });

    const xml = await api.call({ ...unsupported, headers: { accept: 'application/xml' } });
    const other = await api.call({ ...unsupported, headers: { accept: 'image/png' } });

    expect(xml).toMatchObject({ text: '<e/>' });
    expect(xml.headers['Content-Type']).toBe('application/xml');
    expect(other.text).toBe('json');
  });

  test('of a request that is too large stay AWS’s own', async () => {
    const api = await apiUnderTest();
    await api.route({ method: 'POST', integration: mockIntegration() });
    for (const ResponseType of ['REQUEST_TOO_LARGE', 'DEFAULT_4XX']) {
      await api.stack.create('GatewayResponse', {
        RestApiId: api.restApiId,
        ResponseType,
        StatusCode: '400',
        ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
        ResponseTemplates: { 'application/json': 'mine' },
      });
    }
    await api.deploy();

    const response = await api.call({
      method: 'POST',
      path: '/',
      body: Buffer.alloc(10_485_761),
    });

    expect(response).toMatchObject({ status: 413, text: '{"message":"Request Too Long"}' });
    expect(response.headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });
});
