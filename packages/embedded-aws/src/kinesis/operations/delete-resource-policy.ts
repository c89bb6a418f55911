import { required, structure } from '../../core/shapes/shape';
import { resourceNotFound } from '../errors';
import { resourceArn } from '../members';
import { operation } from '../operation';
import { authorizedResource } from '../resource';

const input = structure({ ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation('DeleteResourcePolicy', input, (request, call) => {
  const resource = authorizedResource(call, request.ResourceARN);
  if (resource.policy === undefined) {
    // The text is that of moto's tests (test_kinesis_resource_policy.py).
    throw resourceNotFound(`No resource policy found for resource ARN ${resource.arn}.`);
  }
  resource.policy = undefined;
});
