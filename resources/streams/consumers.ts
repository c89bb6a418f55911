import { getAtt, type Resources, resource } from '../cloudformation';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from './declared';
import { ownStreams } from './streams';

/**
 * Consumers of an account that may be in the making at once.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html
 */
const AT_ONCE = 5;

/** The consumers with enhanced fan-out of all streams. */
export function consumerResources(declared: readonly DeclaredStream[]): Resources {
  const consumers = ownStreams(declared).flatMap(({ name, consumers: names }) =>
    names.map((consumer) => ({ name, consumer, id: logicalIds.consumer(name, consumer) })),
  );
  return Object.fromEntries(
    consumers.map(({ name, consumer, id }, index) => {
      const before = consumers[index - AT_ONCE];
      return [
        id,
        resource(
          'AWS::Kinesis::StreamConsumer',
          { ConsumerName: consumer, StreamARN: getAtt(logicalIds.stream(name), 'Arn') },
          before && { DependsOn: [before.id] },
        ),
      ];
    }),
  );
}
