import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { KinesisOptions } from 'embedded-aws/kinesis';
import type { Streams } from '../../resources/streams/declaration';
import { deployInProcess, type InProcessStage } from './in-process-stage';

export interface StoredEvent {
  readonly data: Buffer;
  readonly key: string;
}

/** A stage in this process whose event endpoints are called, and whose streams are read. */
export interface EventStage {
  readonly stage: InProcessStage;
  /** Calls `/events/<path>`. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** All records of the stream named so in streams.ts, shard by shard. */
  stored(name: string): Promise<StoredEvent[]>;
}

/** The name in Kinesis that a declared stream has here. */
export const nameInKinesis = (name: string) => `kinesis-rest-proxy-dev-${name}`;

/** Deploys the stack with these streams, open unless told otherwise. */
export async function deployEvents(
  streams: Streams,
  values: Readonly<Record<string, string>> = { authorization: 'NONE' },
  kinesis: KinesisOptions = {},
): Promise<EventStage> {
  const stage = await deployInProcess(values, undefined, kinesis, undefined, streams);
  const { invokeUrl } = await stage.target();
  return {
    stage,
    send: (path, init) => stage.transport(new Request(`${invokeUrl}/events/${path}`, init)),
    stored: (name) => recordsIn(nameInKinesis(name), stage),
  };
}

async function recordsIn(StreamName: string, stage: InProcessStage): Promise<StoredEvent[]> {
  const kinesis = new KinesisClient(stage.sdk());
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  const found: StoredEvent[] = [];
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    found.push(
      ...Records.map(({ Data, PartitionKey = '' }) => ({
        data: Buffer.from(Data ?? ''),
        key: PartitionKey,
      })),
    );
  }
  kinesis.destroy();
  return found;
}
