import { type AwsIntegrationUri, parseAwsIntegrationUri } from '../../apigateway/integration-uri';
import { partitionOf, type Scope } from '../../core/caller';
import { fillUri } from '../integration-request';
import type { AuthorizerCall } from './call';
import { authorizerError } from './refusals';

/** The function of an authorizer. */
export interface FunctionTarget {
  /** With its version, if the URI names one. */
  readonly arn: string;
  /** The account and region that it is in, which may be others than the API's. */
  readonly scope: Scope;
  /** The path of Lambda's Invoke. */
  readonly path: string;
  /** As execution logs show it. */
  readonly url: string;
}

const NO_PLACEHOLDERS: ReadonlyMap<string, string> = new Map();
const INVOKE = /^2015-03-31\/functions\/(?<arn>[^/]+)\/invocations$/;
const FUNCTION =
  /^arn:[^:]+:lambda:(?<region>[^:]+):(?<accountId>\d{12}):function:[^:]+(?::[^:]+)?$/;

/**
 * The function that an authorizer's URI names, stage variables filled in.
 * @throws GatewayError 500 for a URI that names none
 */
export function functionTarget({ authorizer, stageVariables }: AuthorizerCall): FunctionTarget {
  const written = fillUri(authorizer.authorizerUri ?? '', NO_PLACEHOLDERS, stageVariables);
  const uri = parseAwsIntegrationUri(written);
  const { arn = '' } = INVOKE.exec(uri?.target ?? '')?.groups ?? {};
  const { region = '', accountId = '' } = FUNCTION.exec(arn)?.groups ?? {};
  if (uri === undefined || uri.service !== 'lambda' || region === '') {
    throw authorizerError(`Invalid Authorizer URI: ${written}`);
  }
  if (uri.region !== region) {
    throw authorizerError(
      `The authorizer calls Lambda in ${uri.region}, and the function ${arn} is in ${region}`,
    );
  }
  return { arn, scope: { accountId, region }, path: `/${uri.target}`, url: urlOf(uri) };
}

function urlOf({ region, target }: AwsIntegrationUri): string {
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://lambda.${region}.${suffix}/${target}`;
}
