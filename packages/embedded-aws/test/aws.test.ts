import { createAws } from '../src/aws';
import { awsRequest } from './support/aws-request';

type Json = Readonly<Record<string, unknown>>;

/** The embedded AWS, called as clients do: services by the credentials' scope, APIs without any. */
function clientOf(aws: ReturnType<typeof createAws>) {
  const send = async (service: string, request: Parameters<typeof awsRequest>[0]) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/${service}/aws4_request`;
    const headers = { authorization, ...request?.headers };
    const { status, body } = await aws.handle(awsRequest({ ...request, headers }));
    const text = body.toString();
    return { status, text, json: (text.startsWith('{') ? JSON.parse(text) : {}) as Json };
  };
  return {
    gateway: (method: string, path: string, body: object = {}) =>
      send('apigateway', { method, path, body: JSON.stringify(body) }),
    target: (service: string, target: string, body: object) =>
      send(service, { headers: { 'x-amz-target': target }, body: JSON.stringify(body) }),
    form: (service: string, fields: Record<string, string>) =>
      send(service, { body: new URLSearchParams(fields).toString() }),
    get: async (path: string, headers: Record<string, string>) => {
      const { status, body } = await aws.handle(awsRequest({ method: 'GET', path, headers }));
      return { status, text: body.toString() };
    },
  };
}

async function deployedApi() {
  const client = clientOf(createAws());
  const { json } = await client.gateway('POST', '/restapis', { name: 'a' });
  const api = `/restapis/${json.id}`;
  const method = `${api}/resources/${json.rootResourceId}/methods/GET`;
  await client.gateway('PUT', method, { authorizationType: 'NONE' });
  await client.gateway('PUT', `${method}/responses/200`);
  const requestTemplates = { 'application/json': '{"statusCode": 200}' };
  await client.gateway('PUT', `${method}/integration`, { type: 'MOCK', requestTemplates });
  await client.gateway('PUT', `${method}/integration/responses/200`);
  await client.gateway('POST', `${api}/deployments`, { stageName: 'dev' });
  return { ...client, api, url: `/_aws/execute-api/${json.id}/dev/` };
}

const host = { host: '127.0.0.1:4566' };

test('web ACLs stand in front of deployed stages', async () => {
  const { target, gateway, get, api, url } = await deployedApi();
  const waf = (action: string, input: object) =>
    target('wafv2', `AWSWAF_20190729.${action}`, input);
  const VisibilityConfig = {
    SampledRequestsEnabled: false,
    CloudWatchMetricsEnabled: false,
    MetricName: 'm',
  };
  const { json } = await waf('CreateWebACL', {
    Name: 'closed',
    Scope: 'REGIONAL',
    DefaultAction: { Block: {} },
    VisibilityConfig,
  });
  const WebACLArn = (json.Summary as Json).ARN;
  const ResourceArn = `arn:aws:apigateway:us-east-1::${api}/stages/dev`;

  const before = await get(url, host);
  await waf('AssociateWebACL', { WebACLArn, ResourceArn });
  const during = await get(url, host);
  const stage = await gateway('GET', `${api}/stages/dev`);
  await waf('DisassociateWebACL', { ResourceArn });
  const after = await get(url, host);

  expect([before.status, during.status, after.status]).toEqual([200, 403, 200]);
  expect(during.text).toBe('{"message":"Forbidden"}');
  expect(stage.json.webAclArn).toBe(WebACLArn);
});

test('execution logs are written once IAM has a role for them', async () => {
  const { target, form, gateway, get, api, url } = await deployedApi();
  const RoleName = 'logs';
  const patch = (path: string, change: string, value: string) =>
    gateway('PATCH', path, { patchOperations: [{ op: 'replace', path: change, value }] });
  const logInfo = () => patch(`${api}/stages/dev`, '/*/*/logging/loglevel', 'INFO');
  const setRole = () =>
    patch('/account', '/cloudwatchRoleArn', `arn:aws:iam::000000000000:role/${RoleName}`);

  const tooEarly = [await logInfo(), await setRole()];
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  await form('iam', {
    Action: 'CreateRole',
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  const withoutPolicy = await setRole();
  await form('iam', {
    Action: 'AttachRolePolicy',
    RoleName,
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  });
  const now = [await setRole(), await logInfo()];
  await get(url, host);
  const { json } = await target('logs', 'Logs_20140328.FilterLogEvents', {
    logGroupName: `API-Gateway-Execution-Logs_${api.slice('/restapis/'.length)}/dev`,
  });

  expect([...tooEarly, withoutPolicy].map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(now.map(({ status }) => status)).toEqual([200, 200]);
  expect(JSON.stringify(json.events)).toContain('Method completed with status: 200');
});

test('a custom domain name is served before any service', async () => {
  const { gateway, get, api } = await deployedApi();
  await gateway('POST', '/domainnames', {
    domainName: 'api.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b',
  });
  await gateway('POST', '/domainnames/api.example.com/basepathmappings', {
    restApiId: api.slice('/restapis/'.length),
    stage: 'dev',
  });

  const known = await get('/', { host: 'api.example.com:4566' });
  const unknown = await get('/', { host: 'other.example.com:4566' });

  expect(known.status).toBe(200);
  expect(unknown.status).toBe(403);
  expect(unknown.text).toContain("does not answer to the name 'other.example.com'");
});
