import { data, type Scenario, shard } from './scenario';

/** Records that are put and read. */
export const ofRecords: Readonly<Record<string, Scenario>> = {
  'records are stored and read': async (stage) => {
    const StreamName = 'records';
    await stage.stream(StreamName);
    await stage.ask('PutRecord', { StreamName, PartitionKey: 'größe', Data: data('one') });
    await stage.ask('PutRecords', {
      StreamName,
      Records: [
        { PartitionKey: 'a', Data: data('two') },
        { PartitionKey: 'b', Data: data(''), ExplicitHashKey: '5' },
      ],
    });
    for (const ShardIteratorType of ['TRIM_HORIZON', 'LATEST']) {
      const { ShardIterator } = await stage.ask('GetShardIterator', {
        StreamName,
        ShardId: shard(0),
        ShardIteratorType,
      });
      await stage.ask('GetRecords', { ShardIterator });
      await stage.ask('GetRecords', { ShardIterator, Limit: 1 });
    }
  },

  'iterators start where they are told to': async (stage) => {
    const StreamName = 'iterators';
    await stage.stream(StreamName);
    const puts: { SequenceNumber: string }[] = [];
    for (const text of ['one', 'two', 'three']) {
      puts.push(await stage.ask('PutRecord', { StreamName, PartitionKey: 'k', Data: data(text) }));
    }
    const StartingSequenceNumber = puts[1]?.SequenceNumber;
    for (const how of [
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber },
      { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber },
      { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: 0 },
    ]) {
      const { ShardIterator } = await stage.ask('GetShardIterator', {
        StreamName,
        ShardId: shard(0),
        ...how,
      });
      await stage.ask('GetRecords', { ShardIterator });
    }
    for (const how of [
      { ShardIteratorType: 'MIDDLE' },
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER' },
      { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '1' },
      { ShardIteratorType: 'AT_TIMESTAMP' },
      { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: 9_999_999_999 },
      { ShardIteratorType: 'LATEST', ShardId: shard(7) },
    ]) {
      await stage.ask('GetShardIterator', { StreamName, ShardId: shard(0), ...how });
    }
    await stage.ask('GetRecords', { ShardIterator: 'AAAA' });
    await stage.ask('GetRecords', {});
  },

  'records that are none': async (stage) => {
    const StreamName = 'bad-records';
    await stage.stream(StreamName);
    const put = { StreamName, PartitionKey: 'k', Data: data('x') };
    await stage.ask('PutRecord', { ...put, PartitionKey: '' });
    await stage.ask('PutRecord', { ...put, PartitionKey: 'k'.repeat(257) });
    await stage.ask('PutRecord', { ...put, Data: undefined });
    await stage.ask('PutRecord', { ...put, Data: 'x' });
    await stage.ask('PutRecord', { ...put, Data: 5 });
    await stage.ask('PutRecord', { ...put, ExplicitHashKey: String(2n ** 128n) });
    await stage.ask('PutRecord', { ...put, ExplicitHashKey: 'abc' });
    await stage.ask('PutRecord', { ...put, Data: data('x'.repeat(1_048_577)) });
    await stage.ask('PutRecords', { StreamName, Records: [] });
    const Records = Array.from({ length: 501 }, () => ({ PartitionKey: 'k', Data: '' }));
    await stage.ask('PutRecords', { StreamName, Records });
  },
};
