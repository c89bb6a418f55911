import { Connection } from 'dev-kit/bench/client/connection';
import { kinesisPuts, kinesisRequest } from 'dev-kit/bench/client/requests';
import { BenchError } from 'dev-kit/bench/measurement';

const IDLE_MS = 1_000;

/** Calls Kinesis's actions over one raw connection: what a measurement prepares with. */
export class KinesisClient {
  readonly #port: number;
  #connection: Connection;
  #usedAt = performance.now();
  readonly #accessKeyId: string | undefined;

  private constructor(port: number, connection: Connection, accessKeyId: string | undefined) {
    this.#port = port;
    this.#connection = connection;
    this.#accessKeyId = accessKeyId;
  }

  /** @param accessKeyId see {@link kinesisRequest} */
  static async open(port: number, accessKeyId?: string): Promise<KinesisClient> {
    return new KinesisClient(port, await Connection.open(port), accessKeyId);
  }

  /** @throws BenchError for anything but a 200 */
  async call(action: string, input: unknown): Promise<Record<string, unknown>> {
    return this.#send(kinesisRequest(this.#port, action, input, this.#accessKeyId), action);
  }

  /** Makes a stream and waits until it takes records. */
  async createStream(StreamName: string, ShardCount = 2): Promise<void> {
    await this.call('CreateStream', { StreamName, ShardCount });
    await this.active(StreamName);
  }

  /** Waits until a stream takes records. */
  async active(StreamName: string): Promise<void> {
    while ((await this.#statusOf(StreamName)) !== 'ACTIVE') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async deleteStream(StreamName: string): Promise<void> {
    await this.call('DeleteStream', { StreamName });
  }

  /** Puts this many records of 200 bytes, 500 at a time. */
  async fill(stream: string, records: number): Promise<void> {
    const [batch = Buffer.alloc(0)] = kinesisPuts(this.#port, stream, { count: 500, bytes: 200 });
    for (let put = 0; put < records; put += 500) await this.#send(batch, 'PutRecords');
  }

  /** An iterator at the oldest record of a stream's first shard. */
  async oldest(StreamName: string): Promise<string> {
    const { ShardIterator } = await this.call('GetShardIterator', {
      StreamName,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    });
    return String(ShardIterator);
  }

  /** An iterator at a record that is put for it at the end of a shard. */
  async newest(StreamName: string): Promise<string> {
    const { ShardId, SequenceNumber } = await this.call('PutRecord', {
      StreamName,
      Data: 'bmV3ZXN0',
      PartitionKey: 'newest',
    });
    const { ShardIterator } = await this.call('GetShardIterator', {
      StreamName,
      ShardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      StartingSequenceNumber: SequenceNumber,
    });
    return String(ShardIterator);
  }

  close(): void {
    this.#connection.close();
  }

  async #statusOf(StreamName: string): Promise<unknown> {
    const { StreamDescription } = await this.call('DescribeStream', { StreamName });
    return (StreamDescription as { StreamStatus?: string }).StreamStatus;
  }

  async #send(request: Buffer, action: string): Promise<Record<string, unknown>> {
    // Servers close what is idle, some after seconds: sooner than they do, a new one is opened.
    if (performance.now() - this.#usedAt > IDLE_MS) {
      this.#connection.close();
      this.#connection = await Connection.open(this.#port);
    }
    const { status, body } = await this.#connection.send(request);
    this.#usedAt = performance.now();
    const text = body.toString();
    if (status !== 200) throw new BenchError(`${action} gave ${status}: ${text.slice(0, 300)}`);
    return text === '' ? {} : JSON.parse(text);
  }
}
