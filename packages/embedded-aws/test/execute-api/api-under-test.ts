import { type ApiGateway, createApiGateway } from '../../src/apigateway';
import { type Caller, rootCaller } from '../../src/core/caller';
import type { AwsRequest, HttpRequest, HttpResponse } from '../../src/core/http';
import type { Properties } from '../../src/core/resource-handler';
import { createExecuteApi, type ExecuteApiOptions } from '../../src/execute-api';
import type { Front } from '../../src/server/dispatch';
import { type Stack, stackOf } from '../apigateway/stack';
import { awsRequest } from '../support/aws-request';

export const ROLE = 'arn:aws:iam::000000000000:role/gateway';

/** A route to deploy: its integration, and what else its method declares. */
export interface TestRoute {
  readonly method?: string;
  readonly path?: string;
  readonly integration: Properties;
  readonly properties?: Properties;
}

/** An API whose one backend is a fake service that keeps what it is sent. */
export interface ApiUnderTest {
  readonly apiGateway: ApiGateway;
  readonly front: Front;
  readonly stack: Stack;
  readonly restApiId: string;
  readonly rootResourceId: string;
  /** The backend's requests, in order. */
  readonly sent: { service: string; request: AwsRequest }[];
  /** Creates a resource for each part of the path and the method on the last; not yet deployed. */
  route(route: TestRoute): Promise<{ resourceId: string; properties: Properties }>;
  /** Deploys all routes to a stage. */
  deploy(stage?: Properties): Promise<string>;
  /** Calls the deployed stage `dev`. */
  call(request: CallOptions): Promise<HttpResponse & { readonly text: string }>;
}

export interface CallOptions {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface TestApiOptions {
  readonly restApi?: Properties;
  /** The fake service's answer. */
  readonly answer?: (request: AwsRequest) => HttpResponse | Promise<HttpResponse>;
  readonly options?: Partial<Omit<ExecuteApiOptions, 'apiGateway'>>;
}

export async function apiUnderTest({
  restApi = {},
  answer = () => ({ status: 200, headers: {}, body: '{}' }),
  options = {},
}: TestApiOptions = {}): Promise<ApiUnderTest> {
  const apiGateway = createApiGateway(options.now === undefined ? {} : { now: options.now });
  const sent: { service: string; request: AwsRequest }[] = [];
  const front = createExecuteApi({
    apiGateway,
    async invokeService(service, request) {
      sent.push({ service, request });
      return answer(request);
    },
    assumeRole: (arn, _principal, session, scope): Caller => ({
      ...rootCaller(scope),
      arn: `${arn}/${session}`,
    }),
    ...options,
  });
  const stack = stackOf(apiGateway);
  await stack.create('Account', { CloudWatchRoleArn: ROLE });
  const api = await stack.create('RestApi', { Name: 'test', ...restApi });
  const restApiId = api.physicalId;
  const rootResourceId = String(api.attributes?.RootResourceId);
  const resources = new Map([['/', rootResourceId]]);
  let deployments = 0;

  const resourceAt = async (path: string): Promise<string> => {
    const known = resources.get(path);
    if (known !== undefined) return known;
    const cut = path.lastIndexOf('/');
    const parent = await resourceAt(path.slice(0, cut) || '/');
    const { physicalId } = await stack.create('Resource', {
      RestApiId: restApiId,
      ParentId: parent,
      PathPart: path.slice(cut + 1),
    });
    resources.set(path, physicalId);
    return physicalId;
  };

  return {
    apiGateway,
    front,
    stack,
    restApiId,
    rootResourceId,
    sent,
    async route({ method = 'GET', path = '/', integration, properties = {} }) {
      const resourceId = await resourceAt(path);
      const whole = {
        RestApiId: restApiId,
        ResourceId: resourceId,
        HttpMethod: method,
        AuthorizationType: 'NONE',
        MethodResponses: [{ StatusCode: '200' }],
        ...properties,
        Integration: integration,
      };
      await stack.create('Method', whole);
      return { resourceId, properties: whole };
    },
    async deploy(stage = {}) {
      const { physicalId: DeploymentId } = await stack.create(
        'Deployment',
        { RestApiId: restApiId },
        `Deployment${++deployments}`,
      );
      const properties = { RestApiId: restApiId, StageName: 'dev', DeploymentId, ...stage };
      if (deployments === 1) await stack.create('Stage', properties);
      else await stack.update('Stage', 'dev', properties);
      return DeploymentId;
    },
    async call({ method = 'GET', path, query = '', headers = {}, body = '' }) {
      const request: HttpRequest = awsRequest({
        method,
        path: `/_aws/execute-api/${restApiId}/dev${path}`,
        query,
        headers: {
          host: '127.0.0.1:4566',
          ...Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
          ),
        },
        rawHeaders: Object.entries(headers).flat(),
        body,
      });
      const response = await front.handle(request);
      const bytes = Buffer.from(response.body as Buffer);
      return { ...response, body: bytes, text: bytes.toString() };
    },
  };
}

/** An integration with an action of Kinesis whose every answer becomes a 200. */
export function kinesisIntegration(overrides: Properties = {}): Properties {
  return {
    Type: 'AWS',
    IntegrationHttpMethod: 'POST',
    Uri: 'arn:aws:apigateway:eu-west-1:kinesis:action/ListStreams',
    Credentials: ROLE,
    IntegrationResponses: [{ StatusCode: '200' }],
    ...overrides,
  };
}

/** An integration that answers by itself. */
export function mockIntegration(overrides: Properties = {}): Properties {
  return {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode": 200}' },
    IntegrationResponses: [
      { StatusCode: '200', ResponseTemplates: { 'application/json': '{"mock":true}' } },
    ],
    ...overrides,
  };
}
