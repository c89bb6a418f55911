import { required, structure } from '../../core/shapes/shape';
import { resourceArn } from '../members';
import { operation } from '../operation';
import { authorizedResource } from '../resource';

const input = structure({ ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetResourcePolicy.html */
export const getResourcePolicy = operation('GetResourcePolicy', input, (request, call) => ({
  Policy: authorizedResource(call, request.ResourceARN).policy ?? '{}',
}));
