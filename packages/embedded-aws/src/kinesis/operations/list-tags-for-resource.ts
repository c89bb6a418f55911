import { operation } from '../operation';
import { authorizedResource } from '../resource';
import { resourceArn } from '../shapes/members';
import { required, structure } from '../shapes/shape';
import { listTags } from '../tags';

const input = structure({ ResourceARN: required(resourceArn) });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation('ListTagsForResource', input, (request, call) => ({
  Tags: listTags(authorizedResource(call, request.ResourceARN).tags),
}));
