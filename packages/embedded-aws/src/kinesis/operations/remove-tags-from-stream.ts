import { required, structure } from '../../core/shapes/shape';
import { authorizedStream } from '../engine';
import { streamReference, tagKeys } from '../members';
import { operation } from '../operation';
import { checkTagText } from '../tags';

const input = structure({ TagKeys: required(tagKeys), ...streamReference });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RemoveTagsFromStream.html */
export const removeTagsFromStream = operation('RemoveTagsFromStream', input, (request, call) => {
  const stream = authorizedStream(call, request);
  checkTagText(request.TagKeys, 'remove tags from', `stream ${stream.name}`, call.caller);
  for (const key of request.TagKeys) stream.tags.delete(key);
});
