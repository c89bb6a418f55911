import { structure } from '../../core/shapes/shape';
import { authorizedStream } from '../engine';
import { streamReference, tagKey } from '../members';
import { operation } from '../operation';
import { listTags } from '../tags';

const PAGE = 50;

const input = structure({
  ExclusiveStartTagKey: tagKey,
  Limit: { type: 'Integer', min: 1, max: PAGE },
  ...streamReference,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListTagsForStream.html */
export const listTagsForStream = operation('ListTagsForStream', input, (request, call) => {
  const stream = authorizedStream(call, request);
  const after = request.ExclusiveStartTagKey ?? '';
  const tags = listTags(stream.tags).filter(({ Key }) => Key > after);
  const limit = request.Limit ?? PAGE;
  return { Tags: tags.slice(0, limit), HasMoreTags: tags.length > limit };
});
