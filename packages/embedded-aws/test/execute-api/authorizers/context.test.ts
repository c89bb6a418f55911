import { kinesisIntegration } from '../api-under-test';
import { allow, authorizedApi, failing, policy, TOKEN } from './authorized-api';

const call = { path: '/streams/orders', headers: TOKEN };

const GROUP = 'arn:aws:logs:us-east-1:000000000000:log-group:access';

/** An API whose template renders a text, and whose backend gets a header. */
const rendering = (template: string, source = 'context.authorizer.level') => [
  {
    path: '/streams/{name}',
    integration: kinesisIntegration({
      RequestParameters: { 'integration.request.header.x-level': source },
      RequestTemplates: { 'application/json': template },
    }),
  },
];

const backend = (api: Awaited<ReturnType<typeof authorizedApi>>) =>
  api.sent.find(({ service }) => service === 'kinesis')?.request;

describe('the context of a function’s answer', () => {
  const answers = allow({
    context: { level: 7, admin: true, ratio: 0.5, name: 'A "b"', none: null },
  });

  test('is text in templates and parameter mappings', async () => {
    const api = await authorizedApi({
      answers,
      routes: rendering(
        '$context.authorizer.principalId|$context.authorizer.level|$context.authorizer.admin|$context.authorizer.ratio|$util.escapeJavaScript($context.authorizer.name)|$context.authorizer.none|$context.authorizer.other|$context.identity.sourceIp',
      ),
    });

    expect((await api.call(call)).status).toBe(200);

    expect(backend(api)?.body.toString()).toBe('ann|7|true|0.5|A \\"b\\"|||127.0.0.1');
    expect(backend(api)?.headers).toMatchObject({ 'x-level': '7' });
  });

  test('can be looped over', async () => {
    const api = await authorizedApi({
      answers: allow({ context: { a: 1, b: 2 } }),
      routes: rendering(
        '#foreach($key in $context.authorizer.keySet())$key=$context.authorizer.get($key);#end',
      ),
    });

    await api.call(call);

    expect(backend(api)?.body.toString()).toBe('a=1;b=2;principalId=ann;');
  });

  test('may have any names', async () => {
    const api = await authorizedApi({
      answers: () => ({
        status: 200,
        headers: {},
        body: '{"policyDocument":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}},"context":{"__proto__":"x","constructor":"y"}}',
      }),
      routes: rendering('$context.authorizer.constructor|$context.authorizer.level'),
    });

    expect((await api.call(call)).status).toBe(200);
    expect(backend(api)?.body.toString()).toBe('y|');
  });
});

describe('an access log', () => {
  const FORMAT =
    '$context.authorizer.principalId $context.authorizer.level $context.authorizer.status $context.authorizer.error $context.authorizer.integrationStatus $context.authorizer.latency $context.authorizer.integrationLatency $context.authorizer.requestId $context.authorize.status $context.status';

  async function loggedApi(answers: unknown) {
    const lines: string[] = [];
    let now = Date.UTC(2026, 10, 22);
    const api = await authorizedApi({
      answers: () => {
        now += 25;
        return answers;
      },
      options: { now: () => now, writeLog: (_arn, line) => lines.push(line) },
      stage: { AccessLogSetting: { DestinationArn: GROUP, Format: FORMAT } },
    });
    return { ...api, lines };
  }

  test.each<[string, unknown, string[]]>([
    [
      'lets in',
      {
        status: 200,
        headers: { 'x-amzn-requestid': 'r-1' },
        body: JSON.stringify({ ...Object(allow({ context: { level: 1 } })({}, Object(null))) }),
      },
      ['ann 1 200 - 200 25 25 r-1 200 200', 'ann 1 200 - - 0 - - 200 200'],
    ],
    [
      'refuses',
      { principalId: 'ann', policyDocument: policy() },
      ['ann - 200 - 200 25 25 - 403 403', 'ann - 200 - - 0 - - 403 403'],
    ],
    ['asks who it is', failing('Unauthorized'), ['- - 401 Unauthorized - 25 25 - - 401']],
    [
      'fails',
      failing('no database'),
      [
        '- - 500 Execution failed due to configuration error: Authorizer error: the function failed: no database - 25 25 - - 500',
      ],
    ],
  ])(
    'tells how the authorizer worked that %s, and of a cached answer',
    async (_, answer, lines) => {
      const api = await loggedApi(answer);

      for (const _line of lines) await api.call(call);

      expect(api.lines).toEqual(lines);
    },
  );

  test('has dashes where nobody was asked', async () => {
    const api = await loggedApi(null);

    await api.call({ path: '/nowhere' });

    expect(api.lines).toEqual(['- - - - - - - - - 403']);
  });
});

describe('the execution log', () => {
  const loggedLines = async (answer: unknown, traced: boolean, headers: object = TOKEN) => {
    const api = await authorizedApi({
      answers: () => answer,
      stage: {
        MethodSettings: [
          {
            HttpMethod: '*',
            ResourcePath: '/*',
            LoggingLevel: 'INFO',
            DataTraceEnabled: traced,
          },
        ],
      },
    });
    await api.call({ ...call, headers: { ...headers } });
    return api.logged.map((line) => line.replace(/\([0-9a-f-]{36}\) /, ''));
  };

  test('has AWS’s lines, and of secrets the end', async () => {
    const lines = await loggedLines(allow()({}, Object(null)), true);

    const url =
      'https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:guard/invocations';
    expect(
      lines.slice(0, lines.indexOf('Successfully completed authorizer execution') + 1),
    ).toEqual([
      expect.stringMatching(/^Starting authorizer: auth01 for request: [0-9a-f-]{36}$/),
      'Incoming identity: ****er abc',
      `Endpoint request URI: ${url}`,
      expect.stringMatching(/^Endpoint request body after transformations: {"type":"TOKEN"/),
      `Sending request to ${url}`,
      expect.stringMatching(/^Authorizer result body before parsing: {"principalId":"ann"/),
      'Using valid authorizer policy for principal: ann',
      'Successfully completed authorizer execution',
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/^Starting execution for request: /));
  });

  test('has no data unless it is traced', async () => {
    const lines = (await loggedLines(allow()({}, Object(null)), false)).join('\n');

    expect(lines).toContain('Starting authorizer');
    expect(lines).not.toContain('abc"');
    expect(lines).not.toContain('Authorizer result body');
  });

  test.each<[string, unknown, object, string]>([
    ['no token', null, {}, 'Unauthorized request: '],
    [
      'a policy',
      { policyDocument: policy() },
      TOKEN,
      'The client is not authorized to perform this operation.',
    ],
    ['an answer that is none', null, TOKEN, 'Execution failed due to configuration error: '],
  ])('says why a request was refused by %s', async (_, answer, headers, line) => {
    const lines = await loggedLines(answer, false, headers);

    expect(lines).toContainEqual(expect.stringContaining(line));
    expect(lines.join('\n')).not.toContain('Starting execution');
  });
});
