import { structure } from '../../core/shapes/shape';
import { consumerArn, consumerName, streamArn } from '../members';
import { operation } from '../operation';
import { authorizedConsumer } from '../resource';
import { consumerView } from './consumer-view';

const input = structure({
  StreamARN: streamArn,
  ConsumerName: consumerName,
  ConsumerARN: consumerArn,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamConsumer.html */
export const describeStreamConsumer = operation(
  'DescribeStreamConsumer',
  input,
  (request, call) => {
    const { consumer } = authorizedConsumer(call, request);
    return {
      ConsumerDescription: { ...consumerView(consumer, call.now), StreamARN: consumer.streamArn },
    };
  },
);
