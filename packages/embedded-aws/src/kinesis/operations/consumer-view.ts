import type { Consumer } from '../streams/consumer';
import { wholeSecond } from '../wire/values';

/** A consumer as the service returns it. */
export function consumerView(consumer: Consumer, now: number) {
  return {
    ConsumerName: consumer.name,
    ConsumerARN: consumer.arn,
    ConsumerStatus: consumer.status(now),
    ConsumerCreationTimestamp: wholeSecond(consumer.createdAt),
  };
}
