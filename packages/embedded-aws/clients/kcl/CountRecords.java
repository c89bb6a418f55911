import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * Writes records to a stream, splits a shard in between, reads them with the Kinesis Client Library,
 * and counts: lost, seen twice, out of order within their key.
 *
 * <p>Arguments: endpoint of Kinesis and CloudWatch, endpoint of DynamoDB, stream, polling or fan-out.
 */
public final class CountRecords {
  private static final int RECORDS = 2_000;
  private static final int KEYS = 40;
  private static final int BATCH = 100;
  private static final long PATIENCE_MS = 180_000;

  private static final Map<Integer, Integer> SEEN = new ConcurrentHashMap<>();
  private static final Map<String, Integer> LAST = new ConcurrentHashMap<>();
  private static final AtomicInteger OUT_OF_ORDER = new AtomicInteger();
  private static final AtomicInteger SHARDS_ENDED = new AtomicInteger();

  public static void main(String[] args) throws Exception {
    URI aws = URI.create(args[0]);
    URI leases = URI.create(args[1]);
    String stream = args[2];
    boolean isFanOut = args[3].equals("fan-out");

    KinesisAsyncClient kinesis =
        KinesisClientUtil.createKinesisAsyncClient(
            KinesisAsyncClient.builder().endpointOverride(aws).region(Region.US_EAST_1));
    CloudWatchAsyncClient cloudWatch =
        CloudWatchAsyncClient.builder().endpointOverride(aws).region(Region.US_EAST_1).build();
    DynamoDbAsyncClient dynamoDb =
        DynamoDbAsyncClient.builder().endpointOverride(leases).region(Region.US_EAST_1).build();

    put(kinesis, stream, 0, RECORDS / 2);
    ConfigsBuilder configs =
        new ConfigsBuilder(
            stream, "count-" + args[3], kinesis, dynamoDb, cloudWatch, "worker-1", Counter::new);
    var retrieval = configs.retrievalConfig();
    retrieval.initialPositionInStreamExtended(
        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON));
    if (!isFanOut) retrieval.retrievalSpecificConfig(new PollingConfig(stream, kinesis));
    Scheduler scheduler =
        new Scheduler(
            configs.checkpointConfig(),
            configs.coordinatorConfig(),
            configs.leaseManagementConfig().shardSyncIntervalMillis(2_000L),
            configs.lifecycleConfig(),
            configs.metricsConfig(),
            configs.processorConfig(),
            retrieval);
    Thread worker = new Thread(scheduler, "worker");
    worker.setDaemon(true);
    worker.start();

    await(() -> SEEN.size() >= RECORDS / 4);
    kinesis
        .splitShard(
            split ->
                split
                    .streamName(stream)
                    .shardToSplit("shardId-000000000000")
                    .newStartingHashKey("85070591730234615865843651857942052863"))
        .get();
    kinesis.waiter().waitUntilStreamExists(described -> described.streamName(stream)).get();
    put(kinesis, stream, RECORDS / 2, RECORDS);
    await(() -> SEEN.size() == RECORDS && SHARDS_ENDED.get() >= 1);
    // The library sends its metrics every ten seconds.
    if (!awaitMetrics(cloudWatch, "count-" + args[3])) System.out.println("no metrics came");
    scheduler.startGracefulShutdown().get(60, TimeUnit.SECONDS);

    int twice = SEEN.values().stream().mapToInt(times -> times - 1).sum();
    System.out.printf(
        "KCL, %s: %d of %d records, %d lost, %d seen twice, %d out of order, %d shards read to the end%n",
        args[3], SEEN.size(), RECORDS, RECORDS - SEEN.size(), twice, OUT_OF_ORDER.get(), SHARDS_ENDED.get());
    System.exit(SEEN.size() == RECORDS && OUT_OF_ORDER.get() == 0 ? 0 : 1);
  }

  private static void put(KinesisAsyncClient kinesis, String stream, int from, int to)
      throws Exception {
    for (int start = from; start < to; start += BATCH) {
      List<PutRecordsRequestEntry> entries = new ArrayList<>();
      for (int number = start; number < start + BATCH; number++) {
        entries.add(
            PutRecordsRequestEntry.builder()
                .partitionKey("key-" + number % KEYS)
                .data(SdkBytes.fromUtf8String(String.valueOf(number)))
                .build());
      }
      int failed =
          kinesis.putRecords(put -> put.streamName(stream).records(entries)).get().failedRecordCount();
      if (failed > 0) throw new IllegalStateException(failed + " records were not taken");
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static boolean await(Condition condition) throws Exception {
    long until = System.currentTimeMillis() + PATIENCE_MS;
    while (System.currentTimeMillis() < until) {
      if (condition.holds()) return true;
      Thread.sleep(100);
    }
    return false;
  }

  private static boolean awaitMetrics(CloudWatchAsyncClient cloudWatch, String namespace)
      throws Exception {
    return await(
        () -> !cloudWatch.listMetrics(list -> list.namespace(namespace)).get().metrics().isEmpty());
  }

  private static final class Counter implements ShardRecordProcessor {
    @Override
    public void initialize(InitializationInput input) {}

    @Override
    public void processRecords(ProcessRecordsInput input) {
      for (KinesisClientRecord record : input.records()) {
        int number = Integer.parseInt(StandardCharsets.UTF_8.decode(record.data()).toString());
        int times = SEEN.merge(number, 1, Integer::sum);
        if (times > 1) continue;
        Integer before = LAST.put(record.partitionKey(), number);
        if (before != null && before > number) OUT_OF_ORDER.incrementAndGet();
      }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {}

    @Override
    public void shardEnded(ShardEndedInput input) {
      SHARDS_ENDED.incrementAndGet();
      try {
        input.checkpointer().checkpoint();
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
      try {
        input.checkpointer().checkpoint();
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    }
  }
}
