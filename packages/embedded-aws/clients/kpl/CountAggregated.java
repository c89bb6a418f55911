import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Reads a stream, opens aggregates as the Kinesis Client Library does, and counts: lost, seen
 * twice, out of order within their key.
 *
 * <p>Arguments: endpoint, stream, number of records that were written.
 */
public final class CountAggregated {
  private static final Set<Integer> SEEN = new HashSet<>();
  private static final Map<String, Integer> LAST = new HashMap<>();
  private static final Map<String, String> LAST_AGGREGATE = new HashMap<>();
  private static int read;
  private static int twice;
  private static int outOfOrder;
  private static int outOfOrderInside;

  public static void main(String[] args) throws Exception {
    String stream = args[1];
    int records = Integer.parseInt(args[2]);
    KinesisAsyncClient kinesis =
        KinesisAsyncClient.builder()
            .endpointOverride(URI.create(args[0]))
            .region(Region.US_EAST_1)
            .build();
    for (Shard shard : kinesis.listShards(list -> list.streamName(stream)).get().shards()) {
      count(kinesis, stream, shard);
    }

    int lost = records - SEEN.size();
    System.out.printf(
        "KPL: %d of %d records, read in %d of Kinesis, %d lost, %d seen twice, %d out of order (%d inside an aggregate)%n",
        SEEN.size(), records, read, lost, twice, outOfOrder, outOfOrderInside);
    System.exit(lost == 0 && twice == 0 && read < records ? 0 : 1);
  }

  private static void count(KinesisAsyncClient kinesis, String stream, Shard shard)
      throws Exception {
    HashKeyRange range = shard.hashKeyRange();
    String iterator =
        kinesis
            .getShardIterator(
                get ->
                    get.streamName(stream)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .get()
            .shardIterator();
    long behind = 1;
    while (behind > 0) {
      String from = iterator;
      GetRecordsResponse page = kinesis.getRecords(get -> get.shardIterator(from)).get();
      read += page.records().size();
      List<KinesisClientRecord> records =
          page.records().stream().map(KinesisClientRecord::fromRecord).collect(Collectors.toList());
      new AggregatorUtil()
          .deaggregate(records, range.startingHashKey(), range.endingHashKey())
          .forEach(CountAggregated::count);
      iterator = page.nextShardIterator();
      behind = page.millisBehindLatest();
    }
  }

  private static void count(KinesisClientRecord record) {
    int number = Integer.parseInt(StandardCharsets.UTF_8.decode(record.data()).toString());
    if (!SEEN.add(number)) {
      twice++;
      return;
    }
    String key = record.partitionKey();
    Integer before = LAST.put(key, number);
    String aggregate = LAST_AGGREGATE.put(key, record.sequenceNumber());
    if (before == null || before < number) return;
    outOfOrder++;
    if (record.sequenceNumber().equals(aggregate)) outOfOrderInside++;
  }
}
