import { partitionOf, type Scope } from '../core/caller';
import { unsupported } from '../core/errors';
import { invalidParameter, refusal } from './errors';

/** A resource that a web ACL can protect. */
export interface ProtectedResource {
  /** `arn:aws:apigateway:us-east-1::/restapis/abc123/stages/dev` */
  readonly arn: string;
  readonly webAclArn: string | undefined;
  /** Protects it with a web ACL, or with none. */
  protect(webAclArn: string | undefined): void;
}

/** Lists the resources of an account in a region that can be protected: stages of REST APIs. */
export type ListResources = (scope: Scope) => readonly ProtectedResource[];

const ARN = /^arn:(?<partition>[^:]+):(?<service>[^:]+):(?<region>[^:]*):[^:]*:(?<resource>.+)$/;
const STAGE = /^\/restapis\/[^/]+\/stages\/[^/]+$/;

/**
 * The resource that an ARN names.
 * @throws AwsError WAFInvalidParameterException for an invalid ARN, NotImplemented for resources of
 *   other services, WAFNonexistentItemException for a stage that does not exist
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
  if (service !== 'apigateway') throw unsupported(`the protection of ${service} of WAF`);
  const found = list(scope).find((candidate) => candidate.arn === arn);
  if (found === undefined) throw refusal('WAFNonexistentItemException');
  return found;
}
