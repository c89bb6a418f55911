import type { AuthorizationType, Authorizer } from '../../../src/apigateway/model';
import type { AwsRequest, HttpResponse } from '../../../src/core/http';
import type { Properties } from '../../../src/core/resource-handler';
import type { ExecuteApiOptions } from '../../../src/execute-api';
import {
  type ApiUnderTest,
  apiUnderTest,
  mockIntegration,
  type TestRoute,
} from '../api-under-test';

export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:guard';

/** The URI that calls a function. */
export const invokes = (arn = FUNCTION): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** The fake function's answer: a value for JSON, or a whole answer of Lambda's. */
export type FunctionAnswers = (
  event: Readonly<Record<string, unknown>>,
  request: AwsRequest,
) => unknown;

export interface AuthorizedApiOptions {
  readonly authorizer?: Partial<Authorizer>;
  readonly answers?: FunctionAnswers;
  readonly routes?: readonly TestRoute[];
  readonly scopes?: readonly string[];
  readonly options?: Partial<Omit<ExecuteApiOptions, 'apiGateway'>>;
  readonly restApi?: Properties;
  readonly stage?: Properties;
  /** Runs before the deployment. */
  readonly prepare?: (api: ApiUnderTest) => Promise<void>;
}

export interface AuthorizedApi extends ApiUnderTest {
  readonly authorizer: Authorizer;
  /** The events that the function got. */
  readonly events: Readonly<Record<string, unknown>>[];
  /** Reasons of answers with status 500. */
  readonly failures: string[];
  readonly logged: string[];
}

/** An API at `/streams/{name}` and `/other` whose methods a Lambda authorizer with a fake function guards. */
export async function authorizedApi({
  authorizer: given = {},
  answers = allow(),
  routes = [
    { method: 'GET', path: '/streams/{name}', integration: mockIntegration() },
    { method: 'ANY', path: '/other', integration: mockIntegration() },
  ],
  scopes,
  options = {},
  restApi = {},
  stage = {},
  prepare,
}: AuthorizedApiOptions = {}): Promise<AuthorizedApi> {
  const events: Readonly<Record<string, unknown>>[] = [];
  const failures: string[] = [];
  const logged: string[] = [];
  const api = await apiUnderTest({
    restApi,
    answer: async (request): Promise<HttpResponse> => {
      if (!request.path.startsWith('/2015-03-31/functions/')) {
        return { status: 200, headers: {}, body: '{}' };
      }
      const event = JSON.parse(request.body.toString());
      events.push(event);
      const answer = await answers(event, request);
      if (isWhole(answer)) return answer;
      return { status: 200, headers: {}, body: JSON.stringify(answer) };
    },
    options: {
      functionAllows: () => true,
      reportFailure: (reason) => failures.push(reason),
      writeExecutionLog: (_scope, _group, lines) => logged.push(...lines),
      ...options,
    },
  });
  const authorizer: Authorizer = {
    id: 'auth01',
    name: 'guard',
    type: 'TOKEN',
    authorizerUri: invokes(),
    ...given,
  };
  for (const route of routes) await api.route(route);
  guard(api, authorizer, scopes);
  await prepare?.(api);
  await api.deploy(stage);
  return { ...api, authorizer, events, failures, logged };
}

/** Puts an authorizer in front of all methods but OPTIONS. */
export function guard(
  { apiGateway, restApiId }: Pick<ApiUnderTest, 'apiGateway' | 'restApiId'>,
  authorizer: Authorizer,
  scopes?: readonly string[],
): void {
  const definition = apiGateway.store.find(restApiId)?.api;
  if (definition === undefined) throw new Error('no API');
  definition.authorizers.set(authorizer.id, authorizer);
  const type: AuthorizationType =
    authorizer.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
  for (const { methods } of definition.resources.values()) {
    for (const method of methods.values()) {
      if (method.httpMethod === 'OPTIONS') continue;
      Object.assign(method, {
        authorizationType: type,
        authorizerId: authorizer.id,
        ...(scopes && { authorizationScopes: scopes }),
      });
    }
  }
}

function isWhole(answer: unknown): answer is HttpResponse {
  return typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer;
}

export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

export const statement = (
  Effect: 'Allow' | 'Deny',
  Resource: unknown = '*',
  more: object = {},
) => ({
  Effect,
  Action: 'execute-api:Invoke',
  Resource,
  ...more,
});

/** A function that lets everybody in. */
export const allow =
  (more: object = {}): FunctionAnswers =>
  () => ({ principalId: 'ann', policyDocument: policy(statement('Allow')), ...more });

/** The answer of Lambda for a function that fails. */
export const failing = (errorMessage: string): HttpResponse => ({
  status: 200,
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: JSON.stringify({ errorType: 'Error', errorMessage, trace: [] }),
});

export const TOKEN = { Authorization: 'Bearer abc' };
