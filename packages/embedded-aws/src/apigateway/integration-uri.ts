/** The target of an integration URI: an action of a service, or a path of its REST API. */
export interface AwsIntegrationUri {
  readonly region: string;
  readonly service: string;
  readonly kind: 'action' | 'path';
  /**
   * The name of the action, or the path without its leading slash; may contain `{placeholders}`.
   */
  readonly target: string;
}

const ARN =
  /^arn:(?<partition>[^:]+):apigateway:(?<region>[^:]+):(?<service>[^:]+):(?<kind>action|path)\/(?<target>.*)$/s;

/** Returns true for an ARN of API Gateway, with or without action or path. */
export function isApiGatewayArn(uri: string): boolean {
  return /^arn:[^:]+:apigateway:[^:]+:[^:]+:.+/s.test(uri);
}

/**
 * Parses `arn:{partition}:apigateway:{region}:{service}:{action|path}/{target}`.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function parseAwsIntegrationUri(uri: string): AwsIntegrationUri | undefined {
  const groups = ARN.exec(uri)?.groups;
  if (groups === undefined) return undefined;
  const { region = '', service = '', kind = '', target = '' } = groups;
  return { region, service, kind: kind === 'action' ? 'action' : 'path', target };
}
