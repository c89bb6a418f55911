import type { TestInvocation, TestInvocationResult } from '../apigateway/operation';
import { noteIdentity } from './authorization';
import { contextVariables, traceHeader } from './context';
import type { MethodDependencies } from './dependencies';
import { ExecutionLog, logMap } from './execution-log';
import { configurationError, toGatewayError } from './gateway-error';
import { renderGatewayResponse } from './gateway-response';
import { HeaderBag } from './header-bag';
import type { MethodAnswer } from './integration-response';
import type { Invocation } from './invocation';
import { methodRequest } from './method-request';
import { runMethod } from './pipeline';
import { buildRouter } from './route-trie';

/** The stage that `$context.stage` names in a test. */
const TEST_STAGE = 'test-invoke-stage';

const TEST_KEY = { apiKey: 'test-invoke-api-key', apiKeyId: 'test-invoke-api-key-id' };

/** Runs a method outside any stage: no authorization, no keys, no throttling, and a full log. */
export async function testInvokeMethod(
  test: TestInvocation,
  dependencies: MethodDependencies,
): Promise<TestInvocationResult> {
  const start = dependencies.now();
  const invocation = invocationOf(test, start, dependencies.now);
  const { log, context, integration, request } = invocation;
  log.add(`Starting execution for request: ${context.requestId}`);
  log.add(`HTTP Method: ${request.httpMethod}, Resource Path: ${request.path}`);
  const { answer, headers } = await outcome(invocation, dependencies, integration.type === 'MOCK');
  log.add(`Method completed with status: ${answer.status}`);
  return {
    status: answer.status,
    body: answer.body.text,
    headers: headers.toRecord(),
    log: log.toString(),
    latency: dependencies.now() - start,
  };
}

type LoggedInvocation = Invocation & { readonly log: ExecutionLog };

async function outcome(
  invocation: LoggedInvocation,
  dependencies: MethodDependencies,
  isMock: boolean,
): Promise<{ answer: MethodAnswer; headers: HeaderBag }> {
  const { log } = invocation;
  try {
    const answer = await runMethod(invocation, dependencies);
    const headers = new HeaderBag(isMock ? [] : [['X-Amzn-Trace-Id', invocation.traceId]]);
    headers.set('Content-Type', 'application/json');
    for (const [name, value] of answer.headers) headers.set(name, value);
    log.add(`Method response headers: ${logMap(headers)}`);
    log.add('Successfully completed execution');
    return { answer, headers };
  } catch (thrown) {
    const error = toGatewayError(thrown);
    log.add(error.log ?? `Execution failed: ${error.message}`);
    const answer = renderGatewayResponse(error, invocation);
    return { answer, headers: new HeaderBag([['x-amzn-ErrorType', error.errorType]]) };
  }
}

function invocationOf(test: TestInvocation, start: number, now: () => number): LoggedInvocation {
  const { region, api, resource, method, stageVariables } = test;
  const headers = Object.fromEntries(
    Object.entries(test.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const [path = '', queryString = ''] = test.pathWithQueryString.split('?', 2);
  const context = contextVariables({
    accountId: region.scope.accountId,
    apiId: api.id,
    deploymentId: '',
    stage: TEST_STAGE,
    httpMethod: method.httpMethod,
    path,
    headers: { host: 'testPrefix.testDomainName', ...headers },
    sourceIp: 'test-invoke-source-ip',
    protocol: 'HTTP/1.1',
    now: start,
  });
  // The tester is who calls, with a key that is none (from many dumps of tests' events).
  noteIdentity(context, test.caller);
  Object.assign(context.identity, TEST_KEY);
  context.resourceId = resource.id;
  context.resourcePath = resource.path;
  if (method.integration === undefined) throw configurationError('No integration defined');
  return {
    region,
    apiId: api.id,
    definition: api,
    resource,
    method,
    integration: method.integration,
    request: methodRequest({
      httpMethod: method.httpMethod,
      path,
      queryString,
      headers,
      rawHeaders: Object.entries(test.headers).flat(),
      pathParameters: pathParametersOf(test, path),
      body: Buffer.from(test.body),
    }),
    context,
    stageVariables,
    log: new ExecutionLog(context.requestId, now),
    traceId: traceHeader(headers['x-amzn-trace-id'], start),
    caller: undefined,
    endpoint: test.endpoint,
  };
}

/** A path that does not match the resource is accepted, without parameters (recorded). */
function pathParametersOf({ resource }: TestInvocation, path: string): Record<string, string> {
  const alone = buildRouter({ resources: new Map([[resource.id, resource]]) });
  return { ...alone(resource.methods.keys().next().value ?? '', path)?.pathParameters };
}
