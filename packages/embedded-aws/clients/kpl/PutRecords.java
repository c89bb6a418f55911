import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.services.kinesis.producer.KinesisProducer;
import com.amazonaws.services.kinesis.producer.KinesisProducerConfiguration;
import com.amazonaws.services.kinesis.producer.UserRecordResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/**
 * Writes records with the Kinesis Producer Library through TLS, and waits for its metrics.
 *
 * <p>Arguments: endpoint of the embedded AWS, port of the TLS terminator before it, stream, number
 * of records, folder for the library's native program, folder of the certificates that it trusts.
 */
public final class PutRecords {
  private static final int KEYS = 40;
  private static final int PAIRS = 100;
  private static final long PATIENCE_MS = 60_000;
  private static final String METRICS = "KinesisProducerLibrary";

  public static void main(String[] args) throws Exception {
    int tls = Integer.parseInt(args[1]);
    int records = Integer.parseInt(args[3]);
    KinesisProducer producer =
        new KinesisProducer(
            new KinesisProducerConfiguration()
                .setRegion("us-east-1")
                .setKinesisEndpoint("localhost")
                .setKinesisPort(tls)
                .setCloudwatchEndpoint("localhost")
                .setCloudwatchPort(tls)
                .setStsEndpoint("localhost")
                .setStsPort(tls)
                .setCaCertPath(args[5])
                .setMetricsUploadDelay(1_000)
                .setTempDirectory(args[4])
                .setCredentialsProvider(
                    new AWSStaticCredentialsProvider(new BasicAWSCredentials("local", "local"))));

    // Until the library has asked for the shards, it sends each record by itself.
    int written = 0;
    boolean isAggregating = false;
    while (!isAggregating && written < PAIRS * 2) {
      List<UserRecordResult> pair = put(producer, args[2], written, written + 2);
      isAggregating = pair.get(0).getSequenceNumber().equals(pair.get(1).getSequenceNumber());
      written += 2;
    }
    long began = System.currentTimeMillis();
    put(producer, args[2], written, records);
    double took = (System.currentTimeMillis() - began) / 1_000.0;

    boolean hasMetrics = awaitMetrics(URI.create(args[0]));
    System.out.printf(
        "KPL: %d records written one by one, %d in aggregates in %.1f s, %s%n",
        written, records - written, took, hasMetrics ? "its metrics came" : "no metrics came");
    producer.destroy();
    System.exit(hasMetrics ? 0 : 1);
  }

  private static List<UserRecordResult> put(
      KinesisProducer producer, String stream, int from, int to) throws Exception {
    List<Future<UserRecordResult>> sent = new ArrayList<>();
    for (int number = from; number < to; number++) {
      ByteBuffer data = ByteBuffer.wrap(String.valueOf(number).getBytes(StandardCharsets.UTF_8));
      sent.add(producer.addUserRecord(stream, "größe-" + number / 2 % KEYS, data));
    }
    List<UserRecordResult> results = new ArrayList<>();
    for (Future<UserRecordResult> result : sent) {
      results.add(result.get(PATIENCE_MS, TimeUnit.MILLISECONDS));
    }
    return results;
  }

  private static boolean awaitMetrics(URI aws) throws Exception {
    CloudWatchClient cloudWatch =
        CloudWatchClient.builder().endpointOverride(aws).region(Region.US_EAST_1).build();
    long until = System.currentTimeMillis() + PATIENCE_MS;
    while (System.currentTimeMillis() < until) {
      if (!cloudWatch.listMetrics(list -> list.namespace(METRICS)).metrics().isEmpty()) return true;
      Thread.sleep(100);
    }
    return false;
  }
}
