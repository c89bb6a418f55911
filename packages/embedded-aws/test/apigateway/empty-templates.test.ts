import {
  CreateDeploymentCommand,
  GetExportCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  PutIntegrationResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { Members } from '../../src/apigateway/members';
import { apiUnderTest, kinesisIntegration } from '../execute-api/api-under-test';
import { apiWithMethod } from './api-with-method';
import { imported, methodAt } from './openapi-documents';
import { stackWithApi } from './stack-with-api';

const EMPTY = { 'application/json': '' };
/** As AWS tells it. The SDK's types know no null. */
const NONE = { 'application/json': null };

// Recorded: test_put_integration_response_templates, 12-02-2026.
describe('a template that is empty is none, and told as null', () => {
  test('in the API', async () => {
    const { sdk, method, put } = await apiWithMethod();
    const made = await put({ type: 'MOCK', requestTemplates: EMPTY });
    const response = { ...method, statusCode: '200' };

    const answer = await sdk.send(
      new PutIntegrationResponseCommand({ ...response, responseTemplates: EMPTY }),
    );

    expect(made.requestTemplates).toEqual(NONE);
    expect(answer.responseTemplates).toEqual(NONE);
    expect(await sdk.send(new GetIntegrationResponseCommand(response))).toMatchObject({
      responseTemplates: NONE,
    });
    expect(await sdk.send(new GetIntegrationCommand(method))).toMatchObject({
      requestTemplates: NONE,
      integrationResponses: { 200: { responseTemplates: NONE } },
    });
  });

  // The SDK sends no null; boto3 does.
  test('also where a request has null', () => {
    const input = Members.ofRequest({ responseTemplates: NONE });

    expect(input.templates('responseTemplates')).toEqual(EMPTY);
  });

  test('in OpenAPI, there and back', async () => {
    const { sdk, restApiId } = await imported({
      swagger: '2.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/a': {
          get: {
            responses: { 200: { description: 'ok' } },
            'x-amazon-apigateway-integration': {
              type: 'http',
              httpMethod: 'GET',
              uri: 'http://shop.test',
              credentials: '',
              requestTemplates: EMPTY,
              responses: { default: { statusCode: '200', responseTemplates: EMPTY } },
            },
          },
        },
      },
    });

    const { methodIntegration } = await methodAt(sdk, restApiId, '/a', 'GET');
    await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const { body } = await sdk.send(
      new GetExportCommand({
        restApiId,
        stageName: 'dev',
        exportType: 'oas30',
        parameters: { extensions: 'integrations' },
      }),
    );

    expect(methodIntegration).toMatchObject({
      requestTemplates: NONE,
      integrationResponses: { 200: { responseTemplates: NONE } },
    });
    expect(methodIntegration).not.toHaveProperty('credentials');
    const document = JSON.parse(Buffer.from(body ?? []).toString());
    expect(document.paths['/a'].get['x-amazon-apigateway-integration']).toMatchObject({
      requestTemplates: EMPTY,
      responses: { default: { responseTemplates: EMPTY } },
    });
  });

  test('in CloudFormation', async () => {
    const { method, api, mock } = await stackWithApi();

    await method({
      Integration: {
        ...mock,
        IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: EMPTY }],
      },
    });

    const [resource] = api().resources.values();
    const response = resource?.methods.get('GET')?.integration?.integrationResponses.get('200');
    expect(response?.responseTemplates).toEqual(EMPTY);
  });
});

test('without a template, bodies pass through in both directions', async () => {
  const api = await apiUnderTest({ answer: () => ({ status: 200, headers: {}, body: 'theirs' }) });
  await api.route({
    method: 'POST',
    integration: kinesisIntegration({
      PassthroughBehavior: 'NEVER',
      RequestTemplates: EMPTY,
      IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: EMPTY }],
    }),
  });
  await api.deploy();

  const answer = await api.call({ method: 'POST', path: '/', body: 'ours' });

  expect(answer).toMatchObject({ status: 200, text: 'theirs' });
  expect(api.sent[0]?.request.body.toString()).toBe('ours');
});
