import type { AwsError } from '../../core/errors';
import { oneOf, type Violation } from '../../core/validation';
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

/** Returns true if an API is only accessible through VPC endpoints. */
export function isPrivate({ types }: EndpointConfiguration): boolean {
  return types.includes('PRIVATE');
}

/** The default is dualstack for private APIs and IPv4 for all others. */
export function endpointConfigurationOf(type: EndpointType): EndpointConfiguration {
  return { types: [type], ipAddressType: type === 'PRIVATE' ? 'dualstack' : 'ipv4' };
}

/** The configuration with another type; only PRIVATE requires another IP address type. */
export function withType(before: EndpointConfiguration, type: EndpointType): EndpointConfiguration {
  const ipAddressType = type === 'PRIVATE' ? 'dualstack' : before.ipAddressType;
  return { ...before, types: [type], ipAddressType };
}

/**
 * Parses the endpoint configuration of an API or a domain name, from a request or a template.
 * @param owner the name of the whole input in AWS's error messages
 * @throws AwsError like AWS
 */
export function readEndpointConfiguration(
  input: Members | undefined,
  owner = 'createRestApiInput',
): EndpointConfiguration {
  const member = `${owner}.endpointConfiguration`;
  input?.allowOnly('EndpointConfiguration', ['types', 'ipAddressType', 'vpcEndpointIds']);
  const types = input?.texts('types') ?? ['EDGE'];
  const ipAddressType = input?.text('ipAddressType');
  const violations: Violation[] = [];
  if (!types.every((type) => isOneOf(ENDPOINT_TYPES, type))) {
    violations.push({
      path: `${member}.types`,
      value: `[${types.join(', ')}]`,
      constraint: `Member must satisfy constraint: [${oneOf(['PRIVATE', 'EDGE', 'REGIONAL'])}]`,
    });
  }
  if (ipAddressType !== undefined && !isOneOf(IP_ADDRESS_TYPES, ipAddressType)) {
    violations.push(notInEnum(ipAddressType, `${member}.ipAddressType`, IP_ADDRESS_TYPES));
  }
  if (violations.length > 0) throw validationError(violations);
  const [type, ...others] = types as EndpointType[];
  if (type === undefined) throw noType();
  if (others.length > 0) throw severalTypes();
  return checkEndpoints({
    ...endpointConfigurationOf(type),
    ...(ipAddressType !== undefined && { ipAddressType: ipAddressType as IpAddressType }),
    ...withVpcEndpoints(input?.texts('vpcEndpointIds') ?? []),
  });
}

/** Recorded for CreateRestApi: test_create_rest_api_with_endpoint_configuration, 11-07-2025. */
export function noType(): AwsError {
  return badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
}

/** Recorded in the same test. */
export function severalTypes(): AwsError {
  return badRequest('Cannot create an api with multiple Endpoint Types.');
}

/**
 * The VPC endpoints of a configuration; undefined instead of an empty list, as in AWS's responses.
 */
export function withVpcEndpoints(
  ids: readonly string[],
): Pick<EndpointConfiguration, 'vpcEndpointIds'> {
  return { vpcEndpointIds: ids.length === 0 ? undefined : [...new Set(ids)] };
}

/**
 * Checks that the members of a configuration are consistent. Accepts any well-formed endpoint id,
 * because there is no EC2 to check it.
 * @throws AwsError BadRequestException
 */
export function checkEndpoints(configuration: EndpointConfiguration): EndpointConfiguration {
  const { ipAddressType, vpcEndpointIds = [] } = configuration;
  const isPrivateApi = isPrivate(configuration);
  if (vpcEndpointIds.length > 0 && !isPrivateApi) {
    throw badRequest('VPCEndpoints can only be specified with PRIVATE apis.');
  }
  const invalid = vpcEndpointIds.find((id) => !VPC_ENDPOINT_ID.test(id));
  if (invalid !== undefined) throw badRequest(`Invalid VPC endpoint ID specified: ${invalid}`);
  if (isPrivateApi && ipAddressType !== 'dualstack') {
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  }
  return configuration;
}

/**
 * Checks a change of type. A private API can only become regional.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-api-migrate-endpoint.html
 * @throws AwsError BadRequestException
 */
export function checkMigration(before: EndpointConfiguration, after: EndpointConfiguration): void {
  if (isPrivate(before) && after.types.includes('EDGE')) {
    throw badRequest('A private API cannot be changed into an edge-optimized API.');
  }
}
