import { operation } from '../operation';
import { authorizedConsumer } from '../resource';
import { consumerArn, consumerName, streamArn } from '../shapes/members';
import { structure } from '../shapes/shape';
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
