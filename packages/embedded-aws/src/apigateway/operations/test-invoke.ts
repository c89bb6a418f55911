import { badRequest, unsupported } from '../errors';
import type { Members } from '../members';
import type { Operation } from '../operation';
import { requestedMethod } from './methods';
import { requestedResource } from './resources';
import { apiOf } from './rest-apis';

/** Runs a method in its current state, deployed or not, and logs each step. */
export const testInvokeOperations: readonly Operation[] = [
  {
    name: 'TestInvokeMethod',
    route: 'POST /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}',
    status: 200,
    async handle(request) {
      const { input, region } = request;
      const method = requestedMethod(request);
      const resource = requestedResource(request);
      if (method.integration === undefined) throw badRequest('No integration defined for method');
      if ((input.text('clientCertificateId') ?? '') !== '')
        throw unsupported('client certificates');
      const result = await request.testInvokeMethod({
        region,
        api: apiOf(request),
        resource,
        method,
        pathWithQueryString: input.text('pathWithQueryString') || resource.path,
        headers: { ...input.textMap('headers'), ...joinedHeaders(input) },
        body: input.text('body') ?? '',
        stageVariables: input.textMap('stageVariables') ?? {},
        caller: request.caller,
        endpoint: request.endpoint,
      });
      const { headers } = result;
      return {
        ...result,
        multiValueHeaders: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, [value]]),
        ),
      };
    },
  },
];

/** Joins several values of a header with commas, as a client sends them. */
function joinedHeaders(input: Members): Record<string, string> {
  const given = input.group('multiValueHeaders');
  return Object.fromEntries(
    (input.groupMap('multiValueHeaders') ?? []).map(([name]) => [
      name,
      (given?.texts(name) ?? []).join(', '),
    ]),
  );
}
