import { invokeFunction } from '../functions/invoke';
import { refusalOf } from '../functions/permission';
import { type FunctionTarget, functionTarget } from '../functions/target';
import { configurationError } from '../gateway-error';
import { callerFor, credentialsOf, sourceArnOf } from './caller';
import { type CallIntegration, endpointResponse } from './integration';

/**
 * Calls a Lambda function. A role that the integration names must be allowed to, by its policies; without
 * one, the function's own policy must let API Gateway call it for the method.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integrations.html
 */
export const callFunction: CallIntegration = async (request, invocation, dependencies) => {
  const { assumeRole, functionAllows, invokeService } = dependencies;
  const target = targetOf(request.uri);
  const { region } = target.scope;
  const role =
    credentialsOf(invocation) === '' ? undefined : callerFor(invocation, region, assumeRole);
  const sourceAccount = invocation.region.scope.accountId;
  const user = { role, sourceArn: sourceArnOf(invocation), sourceAccount };
  const refusal = refusalOf(user, target, functionAllows);
  if (refusal !== undefined) {
    // AWS's log says no more, and leaves the one who reads it to look for the missing permission.
    throw configurationError('Invalid permissions on Lambda function', undefined, refusal);
  }
  const answer = await invokeFunction(
    target,
    {
      method: request.httpMethod,
      body: request.body.bytes,
      headers: { ...request.headers.toLowerCaseRecord(), host: invocation.endpoint },
      sourceIp: invocation.context.identity.sourceIp,
    },
    invokeService,
  );
  return endpointResponse(answer);
};

function targetOf(uri: string): FunctionTarget {
  const target = functionTarget(uri);
  if (target === undefined) throw configurationError('Invalid endpoint address');
  if (typeof target === 'string') throw configurationError(`The integration ${target}`);
  return target;
}
