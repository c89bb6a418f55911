import { isRecord } from '../../apigateway/members';
import type { AuthorizerTest, AuthorizerTestResult } from '../../apigateway/operation';
import { policyContext } from '../../apigateway/resource-policy';
import { partitionOf } from '../../core/caller';
import { contextVariables } from '../context';
import { ExecutionLog } from '../execution-log';
import { toGatewayError } from '../gateway-error';
import { methodRequest } from '../method-request';
import type { Authorizers } from './authorizers';
import type { AuthorizerCall } from './call';
import { claimTexts } from './claims';
import { askFunction } from './lambda-authorizer';
import { logStart, logSuccess } from './log';
import { statusOf } from './report';
import { verifiedClaims } from './user-pool-token';

/** The stages of a test: in the method's ARN, and in the context (public dumps). */
const ARN_STAGE = 'ESTestInvoke-stage';
const CONTEXT_STAGE = 'test-invoke-stage';

const SOURCE_IP = 'test-invoke-source-ip';

/**
 * Shows a request to an authorizer outside any stage and cache. A policy that refuses is shown and not
 * judged: the authorizer has worked.
 */
export async function testAuthorizer(
  test: AuthorizerTest,
  authorizers: Authorizers,
): Promise<AuthorizerTestResult> {
  const start = authorizers.now();
  const call = callOf(test, authorizers.now);
  const { log } = call;
  logStart(call);
  const outcome = await outcomeOf(call, authorizers);
  return { ...outcome, log: log.toString(), latency: authorizers.now() - start };
}

type LoggedCall = AuthorizerCall & { readonly log: ExecutionLog };

async function outcomeOf(
  call: LoggedCall,
  authorizers: Authorizers,
): Promise<Omit<AuthorizerTestResult, 'log' | 'latency'>> {
  try {
    if (call.authorizer.type === 'COGNITO_USER_POOLS') {
      const claims = claimTexts(await verifiedClaims(call, authorizers));
      logSuccess(call);
      return { clientStatus: 0, claims };
    }
    const { principalId, policy, context } = await askFunction(call, undefined, authorizers, {});
    logSuccess(call);
    const values = Object.entries(context).map(([name, value]) => [name, [value]]);
    return { clientStatus: 0, principalId, policy, authorization: Object.fromEntries(values) };
  } catch (thrown) {
    const error = toGatewayError(thrown);
    call.log.add(error.log ?? error.message);
    call.log.add(error.message || error.errorType);
    return { clientStatus: statusOf(error) };
  }
}

function callOf(test: AuthorizerTest, now: () => number): LoggedCall {
  const { region, api, authorizer, stageVariables } = test;
  const { accountId, region: name } = region.scope;
  const [path = '/', queryString = ''] = test.pathWithQueryString.split('?', 2);
  const headers = Object.fromEntries(
    Object.entries(test.headers).map(([header, values]) => [
      header.toLowerCase(),
      values.join(', '),
    ]),
  );
  const rawHeaders = Object.entries(test.headers).flatMap(([header, values]) =>
    values.flatMap((value) => [header, value]),
  );
  const context = contextVariables({
    accountId,
    apiId: api.id,
    deploymentId: '',
    stage: CONTEXT_STAGE,
    httpMethod: 'GET',
    path,
    headers: { host: 'testPrefix.testDomainName', ...headers },
    sourceIp: SOURCE_IP,
    protocol: 'HTTP/1.1',
    now: now(),
  });
  context.resourceId = 'test-invoke-resource-id';
  context.resourcePath = path;
  for (const [variable, value] of Object.entries(test.additionalContext)) {
    setVariable(context, variable.split('.'), value);
  }
  const methodArn = `arn:${partitionOf(name)}:execute-api:${name}:${accountId}:${api.id}/${ARN_STAGE}/GET${path}`;
  return {
    region,
    apiId: api.id,
    authorizer,
    methodArn,
    request: methodRequest({
      httpMethod: 'GET',
      path,
      queryString,
      headers,
      rawHeaders,
      pathParameters: {},
      body: Buffer.from(test.body),
    }),
    context,
    stageVariables,
    scopes: [],
    policyContext: policyContext({
      scope: region.scope,
      apiId: api.id,
      methodArn,
      caller: undefined,
      sourceIp: SOURCE_IP,
      userAgent: headers['user-agent'],
      vpcEndpointId: undefined,
    }),
    endpoint: test.endpoint,
    log: new ExecutionLog(context.requestId, now),
  };
}

/** Sets a variable by its name in parts: `identity.sourceIp`. */
function setVariable(
  variables: Record<string, unknown>,
  [first = '', ...rest]: readonly string[],
  value: string,
): void {
  if (rest.length === 0) {
    define(variables, first, value);
    return;
  }
  const inner = Object.hasOwn(variables, first) ? variables[first] : undefined;
  const copy = isRecord(inner) ? { ...inner } : {};
  setVariable(copy, rest, value);
  define(variables, first, copy);
}

/** Assigning would not make a member that is called `__proto__`. */
function define(variables: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(variables, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
