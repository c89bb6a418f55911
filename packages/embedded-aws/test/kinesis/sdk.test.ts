import {
  CreateStreamCommand,
  DeleteStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  paginateListStreams,
  ResourceNotFoundException,
  waitUntilStreamExists,
  waitUntilStreamNotExists,
} from '@aws-sdk/client-kinesis';
import { inProcess } from '../../src/in-process';
import { createKinesis, type Kinesis } from '../../src/kinesis';

/** The AWS SDK's client, connected to a Kinesis in process. */
const clientOf = (kinesis: Kinesis) => new KinesisClient(inProcess(kinesis));

const quickly = (client: KinesisClient) => ({
  client,
  maxWaitTime: 20,
  minDelay: 1,
  maxDelay: 1,
});

describe("the AWS SDK's client", () => {
  test('creates, writes, reads and deletes', async () => {
    const client = clientOf(createKinesis({ createMs: 5, deleteMs: 5 }));
    const StreamName = 'orders';

    await client.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
    await waitUntilStreamExists(quickly(client), { StreamName });
    const put = await client.send(
      new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('größe') }),
    );
    const batch = await client.send(
      new PutRecordsCommand({
        StreamName,
        Records: [{ PartitionKey: 'k', Data: new Uint8Array([0, 255]) }],
      }),
    );
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName,
        ShardId: put.ShardId,
        ShardIteratorType: 'AT_TIMESTAMP',
        Timestamp: new Date(0),
      }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    const { Shards } = await client.send(new ListShardsCommand({ StreamName }));

    expect(batch.FailedRecordCount).toBe(0);
    expect(Records.map(({ Data }) => Buffer.from(Data ?? []))).toEqual([
      Buffer.from('größe'),
      Buffer.from([0, 255]),
    ]);
    expect(Records[0]?.ApproximateArrivalTimestamp).toBeInstanceOf(Date);
    expect(Shards).toHaveLength(2);

    await client.send(new DeleteStreamCommand({ StreamName }));
    await waitUntilStreamNotExists(quickly(client), { StreamName });
    expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
  });

  test('pages through streams', async () => {
    const client = clientOf(createKinesis());
    for (const StreamName of ['a', 'b', 'c']) {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    }

    const names: string[] = [];
    for await (const page of paginateListStreams({ client, pageSize: 2 }, {})) {
      names.push(...(page.StreamNames ?? []));
    }

    expect(names).toEqual(['a', 'b', 'c']);
  });

  test('throws errors by their class, with their text', async () => {
    const client = clientOf(createKinesis());

    const failure = await client
      .send(new DeleteStreamCommand({ StreamName: 'nope' }))
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ResourceNotFoundException);
    expect(failure).toMatchObject({
      message: 'Stream nope under account 000000000000 not found.',
    });
  });

  test('sees the text of a SerializationException', async () => {
    const client = clientOf(createKinesis());

    const failure = client.send(new DeleteStreamCommand({ StreamName: 1 as unknown as string }));

    await expect(failure).rejects.toMatchObject({
      name: 'SerializationException',
      message:
        'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String',
    });
  });
});
