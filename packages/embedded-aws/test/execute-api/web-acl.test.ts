import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { protectedStages } from '../../src/apigateway';
import { sdkClient } from '../apigateway/sdk-client';
import { testCaller } from '../support/aws-request';
import { apiUnderTest, kinesisIntegration } from './api-under-test';

const WEB_ACL = 'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/front/1';

async function protectedApi(decision: 'Allow' | 'Block' | undefined) {
  const asked: string[] = [];
  const lines: string[] = [];
  const verified: string[] = [];
  const filterRequest = (arn: string) => {
    asked.push(arn);
    return decision ?? 'Allow';
  };
  const api = await apiUnderTest({
    options: {
      ...(decision !== undefined && { filterRequest }),
      writeLog: (_group, line) => lines.push(line),
      verifySignature(request) {
        verified.push(request.path);
        return testCaller;
      },
    },
  });
  await api.route({
    path: '/streams',
    integration: kinesisIntegration(),
    properties: { AuthorizationType: 'AWS_IAM' },
  });
  await api.deploy({
    AccessLogSetting: {
      DestinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:access',
      Format: '$context.status $context.wafResponseCode $context.webaclArn',
    },
  });
  const [stage] = protectedStages(api.apiGateway.store, testCaller);
  return { ...api, asked, lines, verified, stage };
}

describe('a stage with a web ACL', () => {
  test('that allows answers as without it, and logs what it said', async () => {
    const api = await protectedApi('Allow');

    await api.call({ path: '/streams' });
    api.stage?.protect(WEB_ACL);
    const response = await api.call({ path: '/streams' });

    expect(response.status).toBe(200);
    expect(api.asked).toEqual([WEB_ACL]);
    expect(api.lines).toEqual(['200 - -', `200 WAF_ALLOW ${WEB_ACL}`]);
  });

  test('that blocks forbids before anything else looks at the request', async () => {
    const api = await protectedApi('Block');
    api.stage?.protect(WEB_ACL);

    const known = await api.call({ path: '/streams' });
    const unknown = await api.call({ path: '/nowhere' });

    expect(known).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
    expect(known.headers['x-amzn-ErrorType']).toBe('ForbiddenException');
    expect(unknown).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
    expect(api.verified).toEqual([]);
    expect(api.sent).toEqual([]);
    expect(api.lines[0]).toBe(`403 WAF_BLOCK ${WEB_ACL}`);
  });

  test('that blocks answers as the API says', async () => {
    const api = await protectedApi('Block');
    await api.stack.create('GatewayResponse', {
      RestApiId: api.restApiId,
      ResponseType: 'WAF_FILTERED',
      StatusCode: '418',
      ResponseTemplates: { 'text/plain': '$context.error.responseType' },
    });
    const DeploymentId = await api.deploy();
    api.stage?.protect(WEB_ACL);

    const response = await api.call({ path: '/streams' });

    expect(DeploymentId).not.toBe('');
    expect(response).toMatchObject({ status: 418, text: 'WAF_FILTERED' });
  });

  test('fails rather than lets anybody in when nothing can be asked', async () => {
    const api = await protectedApi(undefined);
    api.stage?.protect(WEB_ACL);

    expect((await api.call({ path: '/streams' })).status).toBe(500);
    expect(api.sent).toEqual([]);
  });

  test('tells it, also after an update', async () => {
    const api = await protectedApi('Allow');
    api.stage?.protect(WEB_ACL);
    await api.deploy();

    const stage = await sdkClient(api.apiGateway).send(
      new GetStageCommand({ restApiId: api.restApiId, stageName: 'dev' }),
    );

    expect(api.stage?.arn).toBe(
      `arn:aws:apigateway:us-east-1::/restapis/${api.restApiId}/stages/dev`,
    );
    expect(stage.webAclArn).toBe(WEB_ACL);
  });
});
