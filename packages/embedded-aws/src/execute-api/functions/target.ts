import { type AwsIntegrationUri, parseAwsIntegrationUri } from '../../apigateway/integration-uri';
import { partitionOf, type Scope } from '../../core/caller';
import { remember } from '../../core/remember';

/** A Lambda function that the gateway calls. */
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

const INVOKE = /^2015-03-31\/functions\/(?<arn>[^/]+)\/invocations$/;
const FUNCTION =
  /^arn:[^:]+:lambda:(?<region>[^:]+):(?<accountId>\d{12}):function:[^:]+(?::[^:]+)?$/;

/**
 * The function that a URI names, stage variables filled in; undefined if it names none, and a text if it
 * names one that cannot be called.
 */
export const functionTarget = remember(
  1_000,
  (written: string): FunctionTarget | string | undefined => {
    const uri = parseAwsIntegrationUri(written);
    const { arn = '' } = INVOKE.exec(uri?.target ?? '')?.groups ?? {};
    const { region = '', accountId = '' } = FUNCTION.exec(arn)?.groups ?? {};
    if (uri === undefined || uri.service !== 'lambda' || region === '') return undefined;
    if (uri.region !== region) {
      return `calls Lambda in ${uri.region}, and the function ${arn} is in ${region}`;
    }
    return { arn, scope: { accountId, region }, path: `/${uri.target}`, url: urlOf(uri) };
  },
);

function urlOf({ region, target }: AwsIntegrationUri): string {
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://lambda.${region}.${suffix}/${target}`;
}
