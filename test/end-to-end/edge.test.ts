import http from 'node:http';
import { text } from 'node:stream/consumers';
import {
  APIGatewayClient,
  GetDomainNamesCommand,
  GetRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// Optional parts in front of a stage: VPC endpoints, a web ACL, a custom domain.

const ENDPOINT = 'vpce-0123456789abcdef0';
const OTHER_ENDPOINT = 'vpce-0fedcba9876543210';
const DOMAIN = 'kinesis.example.com';
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d';

let stage: DeployedStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage.stop());

/** A request with a Host of its own, which fetch does not allow. */
async function get(path: string, host: string): Promise<{ status: number; body: string }> {
  const { port } = new URL(stage.aws.url);
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, headers: { host } }, async (answer) => {
        resolve({ status: answer.statusCode ?? 0, body: await text(answer) });
      })
      .on('error', reject);
  });
}

const viaEndpoint = (url: string, id: string) =>
  fetch(`${url}/streams`, { headers: { 'x-amzn-vpce-id': id } });

/** Calls WAF over its JSON protocol, for which no SDK client is installed. */
async function waf(action: string, body: object): Promise<Record<string, Record<string, string>>> {
  const answer = await fetch(stage.aws.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSWAF_20190729.${action}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/wafv2/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, Record<string, string>>;
}

test('a private API answers through its endpoints and nowhere else', async () => {
  const { InvokeUrl: url = '', RestApiId: restApiId } = await stage.outputsOf(
    `vpcEndpoints=${ENDPOINT}`,
    'authorization=NONE',
  );

  expect((await fetch(`${url}/streams`)).status).toBe(403);
  expect((await viaEndpoint(url, OTHER_ENDPOINT)).status).toBe(403);
  expect((await viaEndpoint(url, ENDPOINT)).status).toBe(200);
  const client = new APIGatewayClient(stage.sdk);
  const { endpointConfiguration } = await client.send(new GetRestApiCommand({ restApiId }));
  client.destroy();
  expect(endpointConfiguration).toMatchObject({ types: ['PRIVATE'], vpcEndpointIds: [ENDPOINT] });
});

test('through the endpoint, a private API that asks for signatures still asks for them', async () => {
  const { InvokeUrl: url = '' } = await stage.outputsOf(
    `vpcEndpoints=${ENDPOINT}`,
    'authorization=AWS_IAM',
  );
  expect((await viaEndpoint(url, ENDPOINT)).status).toBe(403);
});

test('a web ACL stands before the stage, and is gone with its parameter', async () => {
  const config = {
    SampledRequestsEnabled: false,
    CloudWatchMetricsEnabled: false,
    MetricName: 'block',
  };
  const { Summary } = await waf('CreateWebACL', {
    Name: 'block-all',
    Scope: 'REGIONAL',
    DefaultAction: { Block: {} },
    VisibilityConfig: config,
    Rules: [],
  });
  const { InvokeUrl: url = '' } = await stage.outputsOf(`webAclArn=${Summary?.ARN}`);
  const blocked = await fetch(`${url}/streams`);
  expect(blocked.status).toBe(403);
  expect(await blocked.json()).toEqual({
    code: 'WAF_FILTERED',
    message: 'Forbidden',
    requestId: blocked.headers.get('x-amzn-requestid'),
  });

  const { InvokeUrl: after = '' } = await stage.outputsOf();
  expect((await fetch(`${after}/streams`)).status).toBe(200);
});

test("a domain of the user's own leads to the stage, and goes with the stack", async () => {
  const outputs = await stage.outputsOf(`domainName=${DOMAIN}`, `certificateArn=${CERTIFICATE}`);
  expect(outputs.DomainTarget).toMatch(/^d-[a-z0-9]+\.execute-api\.us-east-1\.amazonaws\.com$/);

  const answer = await get('/streams', DOMAIN);
  expect(answer).toMatchObject({ status: 200 });
  expect(JSON.parse(answer.body)).toMatchObject({ StreamNames: [] });

  await stage.remove();
  const client = new APIGatewayClient(stage.sdk);
  expect((await client.send(new GetDomainNamesCommand({}))).items ?? []).toEqual([]);
  client.destroy();
});
