import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, requireActive } from '../engine';
import { invalidArgument } from '../errors';
import { positiveInteger, streamReference } from '../members';
import { operation } from '../operation';
import { requireRetentionRange } from './retention';

const input = structure({ RetentionPeriodHours: required(positiveInteger), ...streamReference });

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html */
export const increaseStreamRetentionPeriod = operation(
  'IncreaseStreamRetentionPeriod',
  input,
  (request, call) => {
    const stream = authorizedStream(call, request);
    const hours = request.RetentionPeriodHours;
    requireRetentionRange(hours);
    if (hours < stream.retentionHours) {
      throw invalidArgument(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter ` +
          `than existing retention period (${stream.retentionHours} hours). ` +
          'Use DecreaseRetentionPeriod API.',
      );
    }
    requireActive(stream);
    // A longer retention does not bring back expired records (API reference).
    stream.sweep(call.now);
    stream.retentionHours = hours;
  },
);
