import { getAtt, ref } from '../cloudformation';
import { logicalIds } from '../logical-ids';
import type { Outputs } from '../outputs';
import { streamArns } from '../throw-away-streams';
import type { DeclaredStream } from './declared';

/** Names and ARNs of the streams, and ARNs of their consumers, for the programs that read them. */
export function streamOutputs(declared: readonly DeclaredStream[]): Outputs {
  return Object.fromEntries(
    declared.flatMap(({ name, streamName, existing, consumers }) => {
      const id = logicalIds.stream(name);
      return [
        [
          `${id}Name`,
          {
            Description: `The name of ${name} in Kinesis`,
            Value: existing ? streamName : ref(id),
          },
        ],
        [
          `${id}Arn`,
          {
            Description: `The ARN of ${name}`,
            Value: existing ? streamArns(streamName) : getAtt(id, 'Arn'),
          },
        ],
        ...consumers.map((consumer) => {
          const consumerId = logicalIds.consumer(name, consumer);
          return [
            `${consumerId}Arn`,
            {
              Description: `The ARN of the consumer ${consumer} of ${name}`,
              Value: ref(consumerId),
            },
          ];
        }),
      ];
    }),
  );
}
