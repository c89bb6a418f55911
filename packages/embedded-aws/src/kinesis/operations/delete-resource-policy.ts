import { resourceNotFound } from '../errors';
import { operation } from '../operation';
import { authorizedResource } from '../resource';
import { resourceArn } from '../shapes/members';
import { required, structure } from '../shapes/shape';

const input = structure({ ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation('DeleteResourcePolicy', input, (request, call) => {
  const resource = authorizedResource(call, request.ResourceARN);
  if (resource.policy === undefined) {
    throw resourceNotFound(`No resource policy found for ${resource.arn}.`);
  }
  resource.policy = undefined;
});
