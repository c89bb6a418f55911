import { isPrivate } from '../apigateway/entities/endpoint-configuration';
import type { ServedStage } from '../apigateway/store';
import type { ApiAddress } from './address';

/**
 * Returns whether a stage answers requests by this address. VPC endpoints lead to private APIs and to no
 * others, and nothing else leads to them; a public domain name does neither. What is not reachable is
 * answered 403 `Forbidden`, as if it were not there.
 * https://repost.aws/knowledge-center/api-gateway-vpc-connections
 */
export function isReachable({ api, deployment }: ServedStage, address: ApiAddress): boolean {
  const { endpointConfiguration } = api;
  const isOnlyInVpcs = isPrivate(endpointConfiguration);
  if (isOnlyInVpcs !== (address.vpcEndpointId !== undefined)) return false;
  if (address.way === 'domain') return !isOnlyInVpcs;
  if (deployment.definition.disableExecuteApiEndpoint) return false;
  // AWS makes the DNS name for associated endpoints only.
  const associated = endpointConfiguration.vpcEndpointIds ?? [];
  return address.way !== 'alias' || associated.includes(address.vpcEndpointId ?? '');
}
