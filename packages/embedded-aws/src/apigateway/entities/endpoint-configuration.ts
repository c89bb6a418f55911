import { badRequest, notInEnum, validationError } from '../errors';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import {
  ENDPOINT_TYPES,
  type EndpointConfiguration,
  type EndpointType,
  IP_ADDRESS_TYPES,
  type IpAddressType,
} from '../model';

const VPC_ENDPOINT_ID = /^vpce-[0-9a-z]+$/;

/** Whether an API is reached through VPC endpoints only. */
export function isPrivate({ types }: EndpointConfiguration): boolean {
  return types.includes('PRIVATE');
}

/** Private APIs are dual-stack, all others IPv4 unless they say otherwise. */
export function endpointConfigurationOf(type: EndpointType): EndpointConfiguration {
  return { types: [type], ipAddressType: type === 'PRIVATE' ? 'dualstack' : 'ipv4' };
}

/** The configuration with another type; only private APIs need another kind of address for that. */
export function withType(before: EndpointConfiguration, type: EndpointType): EndpointConfiguration {
  const ipAddressType = type === 'PRIVATE' ? 'dualstack' : before.ipAddressType;
  return { ...before, types: [type], ipAddressType };
}

/**
 * Reads where an API or a domain name is reached, from a request or a template.
 * @param owner what AWS's refusals call the whole input
 * @throws AwsError as AWS does
 */
export function readEndpointConfiguration(
  input: Members | undefined,
  owner = 'createRestApiInput',
): EndpointConfiguration {
  const member = `${owner}.endpointConfiguration`;
  input?.allowOnly('EndpointConfiguration', ['types', 'ipAddressType', 'vpcEndpointIds']);
  const types = input?.texts('types') ?? ['EDGE'];
  const ipAddressType = input?.text('ipAddressType');
  const violations: string[] = [];
  if (!types.every((type) => isOneOf(ENDPOINT_TYPES, type))) {
    violations.push(
      `Value '[${types.join(', ')}]' at '${member}.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]`,
    );
  }
  if (ipAddressType !== undefined && !isOneOf(IP_ADDRESS_TYPES, ipAddressType)) {
    violations.push(notInEnum(ipAddressType, `${member}.ipAddressType`, IP_ADDRESS_TYPES));
  }
  if (violations.length > 0) throw validationError(violations);
  const [type, ...others] = types as EndpointType[];
  if (type === undefined) {
    throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
  }
  if (others.length > 0) throw badRequest('Cannot create an api with multiple Endpoint Types.');
  return checkEndpoints({
    ...endpointConfigurationOf(type),
    ...(ipAddressType !== undefined && { ipAddressType: ipAddressType as IpAddressType }),
    ...withVpcEndpoints(input?.texts('vpcEndpointIds') ?? []),
  });
}

/** The member that names endpoints; absent when there are none, as AWS leaves it out. */
export function withVpcEndpoints(
  ids: readonly string[],
): Pick<EndpointConfiguration, 'vpcEndpointIds'> {
  return { vpcEndpointIds: ids.length === 0 ? undefined : [...new Set(ids)] };
}

/**
 * Checks what the members of a configuration say together. Any endpoint of the right shape is taken:
 * there is no EC2 here to ask.
 * @throws AwsError BadRequestException
 */
export function checkEndpoints(configuration: EndpointConfiguration): EndpointConfiguration {
  const { ipAddressType, vpcEndpointIds = [] } = configuration;
  const isForVpcs = isPrivate(configuration);
  if (vpcEndpointIds.length > 0 && !isForVpcs) {
    throw badRequest('VPCEndpoints can only be specified with PRIVATE apis.');
  }
  const invalid = vpcEndpointIds.find((id) => !VPC_ENDPOINT_ID.test(id));
  if (invalid !== undefined) throw badRequest(`Invalid VPC endpoint ID specified: ${invalid}`);
  if (isForVpcs && ipAddressType !== 'dualstack') {
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  }
  return configuration;
}

/**
 * Checks a change of type. A private API may become Regional and nothing else.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-api-migrate-endpoint.html
 * @throws AwsError BadRequestException
 */
export function checkMigration(before: EndpointConfiguration, after: EndpointConfiguration): void {
  if (isPrivate(before) && after.types.includes('EDGE')) {
    throw badRequest('A private API cannot be changed into an edge-optimized API.');
  }
}
