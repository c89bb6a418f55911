import type { Members } from '../members';
import type { Operation } from '../operation';
import { requestedAuthorizer } from './authorizers';
import { apiOf } from './rest-apis';

/** Shows a request to an authorizer in its current state, and tells what it says. */
export const testAuthorizerOperations: readonly Operation[] = [
  {
    name: 'TestInvokeAuthorizer',
    route: 'POST /restapis/{restApiId}/authorizers/{authorizerId}',
    status: 200,
    handle(request) {
      const { input, region } = request;
      const authorizer = requestedAuthorizer(request);
      return request.authorizers.test({
        region,
        api: apiOf(request),
        authorizer,
        endpoint: request.endpoint,
        pathWithQueryString: input.text('pathWithQueryString') || '/',
        headers: headersOf(input),
        body: input.text('body') ?? '',
        stageVariables: input.textMap('stageVariables') ?? {},
        additionalContext: input.textMap('additionalContext') ?? {},
      });
    },
  },
];

/** Several values win over one, as in a proxy's response. */
function headersOf(input: Members): Record<string, readonly string[]> {
  const several = input.group('multiValueHeaders');
  const names = (input.groupMap('multiValueHeaders') ?? []).map(([name]) => name);
  return {
    ...Object.fromEntries(
      Object.entries(input.textMap('headers') ?? {}).map(([name, value]) => [name, [value]]),
    ),
    ...Object.fromEntries(names.map((name) => [name, several?.texts(name) ?? []])),
  };
}
