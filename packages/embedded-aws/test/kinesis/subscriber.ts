import {
  type KinesisClient,
  SubscribeToShardCommand,
  type SubscribeToShardCommandInput,
  type SubscribeToShardEvent,
} from '@aws-sdk/client-kinesis';

/** The events of a subscription, one at a time. */
export interface Events {
  /**
   * The next event.
   * @throws if the stream has ended, or the error that ended it
   */
  next(): Promise<SubscribeToShardEvent>;
  /** The next event that has records. */
  records(): Promise<SubscribeToShardEvent>;
  /**
   * Resolves to true if the stream has ended.
   * @throws the error that ended it
   */
  ended(): Promise<boolean>;
  /** Stops listening. */
  leave(): Promise<void>;
}

/** Subscribes with the AWS SDK's client, which checks framing and checksums. */
export async function subscribe(
  client: KinesisClient,
  input: SubscribeToShardCommandInput,
): Promise<Events> {
  const { EventStream } = await client.send(new SubscribeToShardCommand(input));
  if (EventStream === undefined) throw new Error('No event stream.');
  const iterator = EventStream[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await iterator.next();
    if (done === true) throw new Error('The stream has ended.');
    if (value.SubscribeToShardEvent === undefined) {
      throw new Error(`Not an event: ${JSON.stringify(value)}`);
    }
    return value.SubscribeToShardEvent;
  };
  return {
    next,
    async records() {
      for (;;) {
        const event = await next();
        if ((event.Records ?? []).length > 0) return event;
      }
    },
    ended: async () => (await iterator.next()).done === true,
    async leave() {
      await iterator.return?.();
    },
  };
}

/** The records of an event as text. */
export const textsOf = ({ Records = [] }: SubscribeToShardEvent) =>
  Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
