import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';

export interface Written {
  readonly data: string | Uint8Array;
  readonly key?: string;
  /** Decides the shard in place of the key. */
  readonly hashKey?: string;
}

/** Kinesis takes this many records at once. */
const BATCH = 500;

/** Streams and records on an embedded AWS, by AWS's own client. */
export function streamsOn(endpoint: string) {
  const kinesis = new KinesisClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const active = async (StreamName: string) => {
    for (;;) {
      const { StreamDescriptionSummary: summary } = await kinesis.send(
        new DescribeStreamSummaryCommand({ StreamName }),
      );
      if (summary?.StreamStatus === 'ACTIVE') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    kinesis,
    active,
    async create(StreamName: string, ShardCount: number): Promise<void> {
      await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
      await active(StreamName);
    },
    /** @returns the sequence numbers */
    async put(StreamName: string, records: readonly Written[]): Promise<string[]> {
      const numbers: string[] = [];
      for (let start = 0; start < records.length; start += BATCH) {
        const { Records = [] } = await kinesis.send(
          new PutRecordsCommand({
            StreamName,
            Records: records.slice(start, start + BATCH).map(({ data, key = 'key', hashKey }) => ({
              Data: typeof data === 'string' ? Buffer.from(data) : data,
              PartitionKey: key,
              ExplicitHashKey: hashKey,
            })),
          }),
        );
        numbers.push(...Records.map(({ SequenceNumber: number = '' }) => number));
      }
      return numbers;
    },
  };
}
