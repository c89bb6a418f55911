import { required, structure } from '../../core/shapes/shape';
import { resourceArn } from '../members';
import { operation } from '../operation';
import { authorizedResource } from '../resource';
import { listTags } from '../tags';

const input = structure({ ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation('ListTagsForResource', input, (request, call) => ({
  Tags: listTags(authorizedResource(call, request.ResourceARN).tags),
}));
