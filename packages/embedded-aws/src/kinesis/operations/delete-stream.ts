import { structure } from '../../core/shapes/shape';
import { authorizedStream } from '../engine';
import { resourceInUse } from '../errors';
import { flag, streamReference } from '../members';
import { operation } from '../operation';

const input = structure({ ...streamReference, EnforceConsumerDeletion: flag });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html */
export const deleteStream = operation('DeleteStream', input, (request, call) => {
  const stream = authorizedStream(call, request);
  if (stream.consumers.size > 0 && request.EnforceConsumerDeletion !== true) {
    throw resourceInUse(
      `DeleteStream can't delete ${stream.arn} because there are consumers associated with this ` +
        `data stream. To delete ${stream.name} anyway, set the EnforceConsumerDeletion parameter ` +
        'to true to force the deletion of all the consumers that are associated with it.',
    );
  }
  stream.delete(call.now + call.engine.options.deleteMs);
});
