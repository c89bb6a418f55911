import { setImmediate } from 'node:timers/promises';
import { createAws } from '../src/aws';
import { awsRequest } from './support/aws-request';

// Each call of a function starts a process, which on a busy machine takes its time. This bound only
// ends what hangs.
jest.setTimeout(60_000);

const CODE = `
exports.handler = async ({ httpMethod, path, pathParameters, headers, body }) => {
  if (path === '/broken') throw new Error('no database');
  return {
    statusCode: 201,
    headers: { 'X-Endpoint': process.env.AWS_ENDPOINT_URL },
    body: [httpMethod, pathParameters.proxy, body].join(' '),
  };
};`;

const sub = (text: string) => ({ 'Fn::Sub': text });

/** The stack that frameworks make of one function behind an API. */
const TEMPLATE = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Timeout: 30,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: CODE },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        FunctionName: { Ref: 'Function' },
        SourceArn: sub(
          'arn:aws:execute-api:us-east-1:' + '$' + '{AWS::AccountId}:' + '$' + '{Api}/*/*/*',
        ),
      },
    },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'functions' } },
    Proxy: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: '{proxy+}',
      },
    },
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'Proxy' },
        HttpMethod: 'ANY',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: sub(
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/' +
              '$' +
              '{Function.Arn}/invocations',
          ),
        },
      },
    },
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: 'Method',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'dev' },
    },
  },
  Outputs: {
    Api: { Value: { Ref: 'Api' } },
    Proxy: { Value: { Ref: 'Proxy' } },
  },
};

async function deployed() {
  const aws = createAws();
  const send = async (service: string, request: Parameters<typeof awsRequest>[0]) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/${service}/aws4_request`;
    const headers = { host: '127.0.0.1:4566', authorization, ...request?.headers };
    return aws.handle(awsRequest({ ...request, headers }));
  };
  const form = async (fields: Record<string, string>) =>
    String((await send('cloudformation', { body: new URLSearchParams(fields).toString() })).body);
  await form({
    Action: 'CreateStack',
    StackName: 'functions',
    'Capabilities.member.1': 'CAPABILITY_IAM',
    TemplateBody: JSON.stringify(TEMPLATE),
  });
  let described = '';
  do {
    await setImmediate();
    described = await form({ Action: 'DescribeStacks', StackName: 'functions' });
  } while (described.includes('CREATE_IN_PROGRESS'));
  const output = (key: string): string =>
    new RegExp(`<OutputKey>${key}</OutputKey>\\s*<OutputValue>([^<]*)`).exec(described)?.[1] ?? '';
  const api = output('Api');
  return {
    aws,
    call: (method: string, path: string, body = '') =>
      aws.handle(
        awsRequest({
          method,
          path: `/_aws/execute-api/${api}/dev${path}`,
          headers: { host: '127.0.0.1:4567' },
          body,
        }),
      ),
    test: async (input: object): Promise<{ status: number; body: string; log: string }> => {
      const path = `/restapis/${api}/resources/${output('Proxy')}/methods/ANY`;
      const answer = await send('apigateway', {
        method: 'POST',
        path,
        body: JSON.stringify(input),
      });
      return JSON.parse(String(answer.body));
    },
  };
}

describe('a function behind an API', () => {
  let api: Awaited<ReturnType<typeof deployed>>;

  beforeAll(async () => {
    api = await deployed();
  });

  afterAll(() => api.aws.close());

  test('answers requests, and finds AWS where the client does', async () => {
    const { status, headers, body } = await api.call('POST', '/orders/7', 'text');

    expect({ status, body: String(body) }).toEqual({ status: 201, body: 'POST orders/7 text' });
    expect(headers).toMatchObject({ 'X-Endpoint': 'http://127.0.0.1:4567' });
  });

  test('that fails is a 502', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});

    expect(await api.call('GET', '/broken')).toMatchObject({ status: 502 });
    expect(printed).toHaveBeenCalledWith(expect.stringContaining('no database'));
    printed.mockRestore();
  });

  test('is run by a test of its method, with the whole call in the log', async () => {
    const { status, body, log } = await api.test({
      pathWithQueryString: '/orders/8?a=b',
      body: 'text',
    });

    expect({ status, body }).toEqual({ status: 201, body: 'ANY orders/8 text' });
    expect(log).toMatch(
      / : Endpoint request URI: https:\/\/lambda\.us-east-1\.amazonaws\.com\/2015-03-31\/functions\/arn:aws:lambda:/,
    );
    expect(log).toContain('"accessKey":"local"');
    expect(log).toContain('Method completed with status: 201');
  });
});
