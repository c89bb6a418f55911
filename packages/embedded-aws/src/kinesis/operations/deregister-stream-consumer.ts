import { structure } from '../../core/shapes/shape';
import { consumerArn, consumerName, streamArn } from '../members';
import { operation } from '../operation';
import { authorizedConsumer } from '../resource';

const input = structure({
  StreamARN: streamArn,
  ConsumerName: consumerName,
  ConsumerARN: consumerArn,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeregisterStreamConsumer.html */
export const deregisterStreamConsumer = operation(
  'DeregisterStreamConsumer',
  input,
  (request, call) => {
    const { consumer } = authorizedConsumer(call, request);
    consumer.delete(call.now + call.engine.options.deleteMs);
  },
);
