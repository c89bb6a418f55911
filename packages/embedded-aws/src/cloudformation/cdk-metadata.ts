import { derivedId } from '../core/ids';
import type { ResourceHandler } from '../core/resource-handler';

/**
 * AWS::CDK::Metadata, which CDK adds to every stack to count the constructs in use. It creates
 * nothing, on AWS either, and is not in the registry.
 * https://docs.aws.amazon.com/cdk/v2/guide/usage-data.html
 */
export const cdkMetadata: ResourceHandler = {
  type: 'AWS::CDK::Metadata',
  create: ({ seed }) => ({ physicalId: derivedId(seed, 20) }),
  update: (_context, physicalId) => ({ physicalId }),
  delete() {},
};
