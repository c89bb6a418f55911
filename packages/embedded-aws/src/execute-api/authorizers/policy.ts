import { AwsError } from '../../core/errors';
import { type Decision, evaluate } from '../../iam/evaluate';
import type { AuthorizerAnswer } from './answer';
import type { AuthorizerCall } from './call';
import { authorizerError } from './refusals';

/**
 * Judges this request by the policy that a function answers with, a cached one too.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * @throws GatewayError 500 for a policy that depends on a condition key which is not supplied here
 */
export function decide({ statements }: AuthorizerAnswer, call: AuthorizerCall): Decision {
  const { methodArn: resource, policyContext: context } = call;
  try {
    return evaluate(statements, { action: 'execute-api:Invoke', resource, context });
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    throw authorizerError(`Invalid policy document: ${cause.message}`, cause);
  }
}
