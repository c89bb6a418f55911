import { apiUnderTest, kinesisIntegration } from './api-under-test';

const UNSUPPORTED = { status: 415, text: '{"message": "Unsupported Media Type"}' };

async function apiWithTemplates(
  passthrough: string,
  templates: Record<string, string> | undefined,
) {
  const api = await apiUnderTest();
  await api.route({
    method: 'POST',
    integration: kinesisIntegration({
      PassthroughBehavior: passthrough,
      ...(templates && { RequestTemplates: templates }),
    }),
  });
  await api.deploy();
  return api;
}

describe('the request template', () => {
  test.each([
    ['application/json', 'json'],
    ['application/json; charset=utf-8', 'json'],
    ['APPLICATION/JSON', 'json'],
    [undefined, 'json'],
    ['text/plain', 'text'],
  ])('is picked by the content type %s', async (contentType, expected) => {
    const api = await apiWithTemplates('NEVER', {
      'application/json': 'json',
      'text/plain': 'text',
    });

    await api.call({
      method: 'POST',
      path: '/',
      headers: contentType === undefined ? {} : { 'content-type': contentType },
    });

    expect(api.sent[0]?.request.body.toString()).toBe(expected);
  });

  test.each([
    ['application/json; charset=utf-8', 'charset'],
    ['application/json;charset=utf-8', 'json'],
    ['Application/JSON', 'json'],
    ['text/csv', 'default'],
  ])('is picked for %s before any less exact one', async (contentType, expected) => {
    const api = await apiWithTemplates('NEVER', {
      $default: 'default',
      'application/json': 'json',
      'application/json; charset=utf-8': 'charset',
    });

    await api.call({ method: 'POST', path: '/', headers: { 'content-type': contentType } });

    expect(api.sent[0]?.request.body.toString()).toBe(expected);
  });

  test.each(['application/cloudevents+json', 'text/csv', 'application/*', ''])(
    'is of whole types: wildcards and suffixes do not stand for %j',
    async (contentType) => {
      const api = await apiWithTemplates('NEVER', {
        'application/json': 'json',
        'text/*': 'text',
        '*/*': 'all',
        'application/+json': 'suffix',
      });

      const headers = { 'content-type': contentType };

      expect(await api.call({ method: 'POST', path: '/', headers })).toMatchObject(UNSUPPORTED);
    },
  );

  test('$default stands for every other content type', async () => {
    const api = await apiWithTemplates('NEVER', { $default: 'default' });

    await api.call({ method: 'POST', path: '/', headers: { 'content-type': 'a/b' } });

    expect(api.sent[0]?.request.body.toString()).toBe('default');
  });

  test.each([
    ['WHEN_NO_MATCH', { 'application/json': 'x' }, 'passes'],
    ['WHEN_NO_TEMPLATES', { 'application/json': 'x' }, 'is refused'],
    ['WHEN_NO_TEMPLATES', undefined, 'passes'],
    ['NEVER', { 'application/json': 'x' }, 'is refused'],
    ['NEVER', undefined, 'is refused'],
  ])('%s with templates %j: a body without a template %s', async (behavior, templates, outcome) => {
    const api = await apiWithTemplates(behavior, templates);

    const response = await api.call({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'text/csv' },
      body: 'a,ü',
    });

    if (outcome === 'passes') {
      expect(response.status).toBe(200);
      expect(api.sent[0]?.request.body.toString()).toBe('a,ü');
    } else {
      expect(response).toMatchObject(UNSUPPORTED);
      expect(response.headers['x-amzn-ErrorType']).toBe('BadRequestException');
      expect(api.sent).toEqual([]);
    }
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'a content type named %s finds no template',
    async (contentType) => {
      const api = await apiWithTemplates('NEVER', { 'application/json': 'x' });

      const response = await api.call({
        method: 'POST',
        path: '/',
        headers: { 'content-type': contentType },
      });

      expect(response).toMatchObject(UNSUPPORTED);
    },
  );

  test.each([
    ['#if(', '{}', 500, 'Internal server error'],
    ["$input.path('$.a').substring(9)", '{"a":"b"}', 500, 'Internal server error'],
  ])('%s over %s fails with %d', async (template, body, status, message) => {
    const api = await apiWithTemplates('NEVER', { 'application/json': template });

    const response = await api.call({ method: 'POST', path: '/', body });

    expect(response).toMatchObject({ status, text: `{"message": "${message}"}` });
    expect(api.sent).toEqual([]);
  });

  test('that reads a payload which only looks like JSON leaves the client to blame', async () => {
    const api = await apiWithTemplates('NEVER', { 'application/json': "$input.path('$.a')" });

    const response = await api.call({ method: 'POST', path: '/', body: '{a' });

    expect(response.status).toBe(400);
    expect(JSON.parse(response.text).message).toMatch(/^Could not process payload/);
    expect(response.headers['x-amzn-ErrorType']).toBe('BadRequestException');
  });

  test.each([
    ['X-GitHub-Event', 'push|push|push', 'as they were sent'],
    ['x-github-event', 'push||push', 'in lower case, as over HTTP/2'],
  ])('has the names of headers in the case of the client: %s', async (name, expected) => {
    const api = await apiWithTemplates('NEVER', {
      'application/json':
        "$input.params('X-GitHub-Event')|$input.params().header.get('X-GitHub-Event')|$input.params('x-github-event') $input.params().header.keySet()",
    });

    await api.call({ method: 'POST', path: '/', headers: { [name]: 'push' } });

    expect(api.sent[0]?.request.body.toString()).toBe(
      `${expected} [Host, ${name}, X-Forwarded-For, X-Forwarded-Port, X-Forwarded-Proto, X-Amzn-Trace-Id]`,
    );
  });

  test('finds a header of any case in the list of names, and no query parameter instead', async () => {
    const api = await apiWithTemplates('NEVER', {
      'application/json': [
        '#set($headers = $input.params().header)',
        "#foreach($name in $headers.keySet())#if($name.equalsIgnoreCase('X-Event'))$headers.get($name)#end#end",
        " $input.params('x-event')",
      ].join(''),
    });

    await api.call({
      method: 'POST',
      path: '/',
      query: 'x-event=forged',
      headers: { 'x-event': 'real' },
    });

    expect(api.sent[0]?.request.body.toString()).toBe('real forged');
  });

  test.each([
    [{}, '127.0.0.1'],
    [{ 'x-forwarded-for': '203.0.113.7' }, '203.0.113.7, 127.0.0.1'],
  ])('has the address of the client behind those that it claims: %j', async (headers, expected) => {
    const api = await apiWithTemplates('NEVER', {
      'application/json': "$input.params('X-Forwarded-For')",
    });

    await api.call({ method: 'POST', path: '/', headers });

    expect(api.sent[0]?.request.body.toString()).toBe(expected);
  });

  test('reads the last of equal query parameters, decoded, and path parameters as sent', async () => {
    const api = await apiUnderTest();
    await api.route({
      path: '/{id}',
      integration: kinesisIntegration({
        RequestTemplates: {
          'application/json': "$input.params('id') $input.params('q') $input.params().path.id",
        },
      }),
    });
    await api.deploy();

    await api.call({ path: '/a%20b%2Fc', query: 'q=first&q=l%C3%A4st+one' });

    expect(api.sent[0]?.request.body.toString()).toBe('a%20b%2Fc läst one a%20b%2Fc');
  });

  test('reads the client’s own text unescaped, and the gateway’s ids and time', async () => {
    const now = Date.UTC(2026, 10, 29);
    const api = await apiUnderTest({ options: { now: () => now } });
    await api.route({
      integration: kinesisIntegration({
        RequestTemplates: {
          'application/json':
            '$context.identity.userAgent|$context.requestTimeEpoch|$context.extendedRequestId|[$context.identity.caller]',
        },
      }),
    });
    await api.deploy();

    const { headers } = await api.call({ path: '/', headers: { 'User-Agent': 'a"\\' } });

    expect(api.sent[0]?.request.body.toString()).toBe(
      `a"\\|${now}|${headers['x-amz-apigw-id']}|[]`,
    );
  });

  test.each(['q={"a":1}', 'q=a|b', 'a=1&q=}'])(
    'is not rendered for the query %s, which has to be percent-encoded',
    async (query) => {
      const api = await apiWithTemplates('NEVER', { 'application/json': "$input.params('q')" });

      const raw = await api.call({ method: 'POST', path: '/', query });
      await api.call({ method: 'POST', path: '/', query: encodeURI(query) });

      expect(raw).toMatchObject({ status: 400, text: '{"message":"Bad Request"}' });
      const value = new URLSearchParams(query).get('q');
      expect(api.sent.map(({ request }) => String(request.body))).toEqual([value]);
    },
  );

  test('takes a semicolon in the query for the end of a parameter', async () => {
    const api = await apiWithTemplates('NEVER', {
      'application/json': "$input.params('a')|$input.params('b')|$input.params('c')",
    });

    await api.call({ method: 'POST', path: '/', query: 'a=1;b=2&c=3%3B4' });

    expect(api.sent[0]?.request.body.toString()).toBe('1|2|3;4');
  });

  test('overrides headers, query and path over what is mapped', async () => {
    const api = await apiUnderTest();
    await api.route({
      integration: kinesisIntegration({
        Uri: 'arn:aws:apigateway:us-east-1:s3:path/bucket/{key}',
        RequestParameters: {
          'integration.request.header.X-Kind': "'mapped'",
          'integration.request.path.key': "'mapped'",
        },
        RequestTemplates: {
          'application/json': [
            '#set($context.requestOverride.header["x-kind"] = "overridden")',
            '#set($context.requestOverride.querystring.a = "1")',
            '#set($context.requestOverride.path.key = "other")',
          ].join('\n'),
        },
      }),
    });
    await api.deploy();

    await api.call({ path: '/' });

    expect(api.sent[0]?.request).toMatchObject({
      path: '/bucket/other',
      query: 'a=1',
      headers: { 'x-kind': 'overridden' },
    });
  });

  test('is refused when the payload is larger than 10 MiB', async () => {
    const api = await apiWithTemplates('WHEN_NO_MATCH', undefined);

    const most = await api.call({ method: 'POST', path: '/', body: Buffer.alloc(10_485_760) });
    const more = await api.call({ method: 'POST', path: '/', body: Buffer.alloc(10_485_761) });

    expect(most.status).toBe(200);
    expect(more).toMatchObject({ status: 413, text: '{"message":"Request Too Long"}' });
  });
});

describe('parameter mapping', () => {
  test('reads path, query, headers, body, context, stage variables and constants', async () => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      path: '/{id}',
      properties: {
        RequestParameters: {
          'method.request.path.id': true,
          'method.request.querystring.tag': false,
          'method.request.header.X-Client': false,
        },
      },
      integration: kinesisIntegration({
        RequestParameters: {
          'integration.request.header.id': 'method.request.path.id',
          'integration.request.header.last': 'method.request.querystring.tag',
          'integration.request.querystring.all': 'method.request.multivaluequerystring.tag',
          'integration.request.header.client': 'method.request.header.X-Client',
          'integration.request.header.inner': "method.request.body.a.b[1]['c d']",
          'integration.request.header.whole': 'method.request.body',
          'integration.request.header.ip': 'context.identity.sourceIp',
          'integration.request.header.table': 'stageVariables.table',
          'integration.request.header.constant': "'it is'",
          'integration.request.header.none': 'method.request.body.missing',
        },
      }),
    });
    await api.deploy({ Variables: { table: 'orders' } });
    const body = '{"a":{"b":[0,{"c d":7}]}}';

    await api.call({
      method: 'POST',
      path: '/42',
      query: 'tag=one&tag=tw+o',
      headers: { 'x-client': 'me' },
      body,
    });

    const request = api.sent[0]?.request;
    expect(request?.headers).toMatchObject({
      id: '42',
      last: 'tw o',
      client: 'me',
      inner: '7',
      whole: body,
      ip: '127.0.0.1',
      table: 'orders',
      constant: 'it is',
    });
    expect(request?.headers).not.toHaveProperty('none');
    expect(new URLSearchParams(request?.query).getAll('all')).toEqual(['one', 'tw o']);
  });

  test('of a body that only starts like JSON is a bad request', async () => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        RequestParameters: { 'integration.request.header.a': 'method.request.body.a' },
      }),
    });
    await api.deploy();

    const bad = await api.call({ method: 'POST', path: '/', body: '{a' });
    const text = await api.call({ method: 'POST', path: '/', body: 'plain' });

    expect(bad).toMatchObject({
      status: 400,
      text: '{"message": "Invalid JSON in request body"}',
    });
    expect(text.status).toBe(200);
  });

  test('a value with a line break cannot start a header of its own', async () => {
    const api = await apiUnderTest();
    await api.route({
      method: 'POST',
      integration: kinesisIntegration({
        RequestParameters: { 'integration.request.header.a': 'method.request.body.a' },
      }),
    });
    await api.deploy();

    await api.call({ method: 'POST', path: '/', body: JSON.stringify({ a: 'x\r\nevil: 1' }) });

    expect(api.sent[0]?.request.headers.a).toBe('x evil: 1');
  });

  test('headers of the connection are invisible', async () => {
    const api = await apiUnderTest();
    await api.route({
      integration: kinesisIntegration({
        RequestTemplates: { 'application/json': "[$input.params('Te')]" },
      }),
    });
    await api.deploy();

    await api.call({ path: '/', headers: { te: 'trailers' } });

    expect(api.sent[0]?.request.body.toString()).toBe('[]');
  });
});
