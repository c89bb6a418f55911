import { required, structure } from '../../core/shapes/shape';
import { authorizedStream } from '../engine';
import { streamReference, tags } from '../members';
import { operation } from '../operation';
import { checkTags } from '../tags';

const input = structure({ Tags: required(tags), ...streamReference });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_AddTagsToStream.html */
export const addTagsToStream = operation('AddTagsToStream', input, (request, call) => {
  const stream = authorizedStream(call, request);
  checkTags(request.Tags, stream.tags, `stream ${stream.name}`, call.caller);
  for (const [key, value] of request.Tags) stream.tags.set(key, value);
});
