import { partitionOf, type Scope } from '../core/caller';
import { invalidParameter, refusal, unsupported } from './errors';

/** Something that a web ACL can stand in front of; it knows which one does. */
export interface ProtectedResource {
  /** `arn:aws:apigateway:us-east-1::/restapis/abc123/stages/dev` */
  readonly arn: string;
  readonly webAclArn: string | undefined;
  /** Puts a web ACL in front of it, or takes the one there is away. */
  protect(webAclArn: string | undefined): void;
}

/** What an account has in one region that can be protected: the stages of its REST APIs. */
export type ListResources = (scope: Scope) => readonly ProtectedResource[];

const ARN = /^arn:(?<partition>[^:]+):(?<service>[^:]+):(?<region>[^:]*):[^:]*:(?<resource>.+)$/;
const STAGE = /^\/restapis\/[^/]+\/stages\/[^/]+$/;

/**
 * The resource that an ARN names.
 * @throws AwsError WAFInvalidParameterException for what is no ARN, NotImplemented for resources of
 *   other services, WAFNonexistentItemException for a stage that is not there
 */
export function resourceNamed(list: ListResources, scope: Scope, arn: string): ProtectedResource {
  const { partition, service, region, resource = '' } = ARN.exec(arn)?.groups ?? {};
  const isHere = partition === partitionOf(scope.region) && region === scope.region;
  if (!isHere || (service === 'apigateway' && !STAGE.test(resource))) {
    throw invalidParameter(
      'The ARN isn’t valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.',
      'RESOURCE_ARN',
      arn,
    );
  }
  if (service !== 'apigateway') throw unsupported(`the protection of ${service}`);
  const found = list(scope).find((candidate) => candidate.arn === arn);
  if (found === undefined) throw refusal('WAFNonexistentItemException');
  return found;
}

/** The resources that a web ACL stands in front of. */
export function protectedBy(
  list: ListResources,
  scope: Scope,
  webAclArn: string,
): ProtectedResource[] {
  return list(scope).filter((resource) => resource.webAclArn === webAclArn);
}
