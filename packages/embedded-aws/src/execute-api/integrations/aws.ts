import { randomUUID } from 'node:crypto';
import { parseAwsIntegrationUri } from '../../apigateway/integration-uri';
import { whenDone } from '../../core/done';
import { remember } from '../../core/remember';
import { configurationError } from '../gateway-error';
import { callerFor } from './caller';
import { callFunction } from './function';
import { type CallIntegration, endpointResponse } from './integration';
import { serviceRequest } from './service-request';

/** Most integrations have the same URI for every request. */
export const awsUri = remember(1_000, parseAwsIntegrationUri);

/** Calls a service of the embedded AWS as the integration's role. */
export const callAws: CallIntegration = (request, invocation, dependencies, signal) => {
  const uri = awsUri(request.uri);
  if (uri === undefined) throw configurationError('Invalid endpoint address');
  if (uri.service === 'lambda') return callFunction(request, invocation, dependencies, signal);
  const caller = callerFor(invocation, uri.region, dependencies.assumeRole);
  const { apiId, context } = invocation;
  const { path, query, headers } = serviceRequest(uri, request, apiId);
  const answer = dependencies.invokeService(uri.service, {
    method: request.httpMethod,
    path,
    query,
    headers,
    // Bytes are made only for a service that reads them.
    get body() {
      return request.body.bytes;
    },
    text: request.body.ascii,
    sourceIp: context.identity.sourceIp,
    protocol: 'HTTP/1.1',
    caller,
    requestId: randomUUID(),
  });
  return whenDone(answer, endpointResponse);
};
