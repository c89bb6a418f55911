import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, requireActive } from '../engine';
import { invalidArgument } from '../errors';
import { positiveInteger, streamReference } from '../members';
import { operation } from '../operation';
import { requireRetentionRange } from './retention';

const input = structure({ RetentionPeriodHours: required(positiveInteger), ...streamReference });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html */
export const decreaseStreamRetentionPeriod = operation(
  'DecreaseStreamRetentionPeriod',
  input,
  (request, call) => {
    const stream = authorizedStream(call, request);
    const hours = request.RetentionPeriodHours;
    requireRetentionRange(hours);
    if (hours > stream.retentionHours) {
      throw invalidArgument(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer ` +
          `than existing retention period (${stream.retentionHours} hours). ` +
          'Use IncreaseRetentionPeriod API.',
      );
    }
    requireActive(stream);
    stream.retentionHours = hours;
    stream.sweep(call.now);
  },
);
