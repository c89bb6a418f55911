/** What an integration URI names: one action of a service, or a path of its REST API. */
export interface AwsIntegrationUri {
  readonly region: string;
  /** What stands before the service and a dot: a bucket of S3. */
  readonly subdomain: string | undefined;
  /** `kinesis`: the name that requests are signed for. */
  readonly service: string;
  readonly kind: 'action' | 'path';
  /** The action's name, or the path without its leading slash; may hold `{placeholders}`. */
  readonly target: string;
}

const ARN =
  /^arn:(?<partition>[^:]+):apigateway:(?<region>[^:]+):(?:(?<subdomain>[^:]+)\.)?(?<service>[^:.]+):(?<kind>action|path)\/(?<target>.*)$/s;

/** Whether the text is an ARN of API Gateway's at all, action and path aside. */
export function isApiGatewayArn(uri: string): boolean {
  return /^arn:[^:]+:apigateway:[^:]+:[^:]+:.+/s.test(uri);
}

/**
 * Reads `arn:{partition}:apigateway:{region}:{subdomain.service|service}:{action|path}/{target}`.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function parseAwsIntegrationUri(uri: string): AwsIntegrationUri | undefined {
  const groups = ARN.exec(uri)?.groups;
  if (groups === undefined) return undefined;
  const { region = '', subdomain, service = '', kind = '', target = '' } = groups;
  return { region, subdomain, service, kind: kind === 'action' ? 'action' : 'path', target };
}
