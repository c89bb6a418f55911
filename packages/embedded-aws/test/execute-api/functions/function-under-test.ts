import type { AwsRequest, HttpResponse } from '../../../src/core/http';
import type { Properties } from '../../../src/core/resource-handler';
import {
  type ApiUnderTest,
  apiUnderTest,
  type CallOptions,
  type TestApiOptions,
} from '../api-under-test';

export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
export const INVOKES = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`;

/** The answer of Lambda's Invoke to a function that returns a value. */
export function returns(value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return {
    status: 200,
    headers: { 'x-amzn-requestid': 'r-1', ...headers },
    body: JSON.stringify(value),
  };
}

/** The answer of Lambda's Invoke to a function that fails. */
export const fails = (errorMessage: string): HttpResponse =>
  returns({ errorMessage, errorType: 'Error' }, { 'x-amz-function-error': 'Unhandled' });

export interface TestFunctionOptions extends TestApiOptions {
  readonly integration?: Properties;
  readonly path?: string;
  readonly properties?: Properties;
  readonly stage?: Properties;
}

/** An API whose every method calls a function, which any API may call. */
export async function functionUnderTest({
  integration = {},
  path = '/{proxy+}',
  properties = {},
  stage = {},
  ...options
}: TestFunctionOptions = {}): Promise<ApiUnderTest & { readonly failures: string[] }> {
  const failures: string[] = [];
  const api = await apiUnderTest({
    answer: () => returns({}),
    ...options,
    options: {
      functionAllows: () => true,
      reportFailure: (reason) => failures.push(reason),
      ...options.options,
    },
  });
  await api.route({
    method: 'ANY',
    path,
    properties,
    integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: INVOKES,
      ...integration,
    },
  });
  await api.deploy(stage);
  return { ...api, failures };
}

/** The event that a request becomes. */
export async function eventOf(
  request: CallOptions,
  options: TestFunctionOptions = {},
): Promise<Record<string, unknown>> {
  const api = await functionUnderTest(options);
  await api.call(request);
  return sentEvent(api.sent[0]?.request);
}

export const sentEvent = (request: AwsRequest | undefined): Record<string, unknown> =>
  JSON.parse(String(request?.body));
