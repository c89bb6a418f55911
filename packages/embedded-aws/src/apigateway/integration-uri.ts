/** The target of an integration URI: an action of a service, or a path of its REST API. */
export interface AwsIntegrationUri {
  readonly partition: string;
  readonly region: string;
  /** The label before the service: for S3, a bucket. */
  readonly subdomain: string | undefined;
  /** `kinesis`: the name that requests are signed for. */
  readonly service: string;
  readonly kind: 'action' | 'path';
  /**
   * The name of the action, or the path without its leading slash; may contain `{placeholders}`.
   */
  readonly target: string;
}

const ARN =
  /^arn:(?<partition>[^:]+):apigateway:(?<region>[^:]+):(?:(?<subdomain>[^:]+)\.)?(?<service>[^:.]+):(?<kind>action|path)\/(?<target>.*)$/s;

/**
 * Parses `arn:{partition}:apigateway:{region}:{subdomain.service|service}:{action|path}/{target}`.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function parseAwsIntegrationUri(uri: string): AwsIntegrationUri | undefined {
  const groups = ARN.exec(uri)?.groups;
  if (groups === undefined) return undefined;
  const { partition = '', region = '', subdomain, service = '', kind = '', target = '' } = groups;
  return {
    partition,
    region,
    subdomain,
    service,
    kind: kind === 'action' ? 'action' : 'path',
    target,
  };
}
