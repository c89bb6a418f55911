import { derivedId } from './ids';

/** The parts of a generated name, from a resource handler's context. */
export interface NamedResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly seed: string;
}

const SUFFIX_LENGTH = 12;

/**
 * The name that CloudFormation generates for a resource without one:
 * `stack-LogicalId-1A2B3C4D5E6F`, its first two parts shortened to fit the limit.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 */
export function generatedName(resource: NamedResource, longest: number): string {
  const { stackName, logicalId, seed } = resource;
  const room = longest - SUFFIX_LENGTH - 2;
  const half = Math.floor(room / 2);
  const stack = stackName.slice(0, Math.max(half, room - logicalId.length));
  const logical = logicalId.slice(0, room - stack.length);
  return `${stack}-${logical}-${derivedId(seed, SUFFIX_LENGTH).toUpperCase()}`;
}
