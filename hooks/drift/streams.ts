import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { compare } from './compare';
import { type Look, orMissing, physicalIdOf, type Site, settingsOf } from './look';
import type { Properties } from './shapes';

async function kinesisOf(site: Site): Promise<KinesisClient> {
  const { KinesisClient } = await import('@aws-sdk/client-kinesis');
  return site.patient('Kinesis', new KinesisClient(settingsOf(site)));
}

/** How many shards a stream on demand has is Kinesis's own affair. */
const countOf = (mode: unknown, count: unknown) => (mode === 'ON_DEMAND' ? undefined : count);

/** Kinesis names a key by its id where the template has its ARN. */
const keyOf = (id: unknown) => String(id ?? '').replace(/^arn:[^/]*:key\//, '');

/** Declared streams: capacity, retention, encryption, the largest record. */
export const lookAtStreams: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { DescribeStreamSummaryCommand } = await import('@aws-sdk/client-kinesis');
  const client = await kinesisOf(site);
  const looks = declared.map(async ([id, properties]) => {
    const StreamName = physicalIdOf(site, id);
    const answer = await orMissing(client.send(new DescribeStreamSummaryCommand({ StreamName })));
    const live = answer?.StreamDescriptionSummary;
    const mode = live?.StreamModeDetails?.StreamMode;
    return compare(
      `Stream ${String(properties.Name)}`,
      declaredStream(properties),
      live && {
        name: live.StreamName,
        mode,
        shards: countOf(mode, live.OpenShardCount),
        retentionHours: live.RetentionPeriodHours,
        encryption: live.EncryptionType === 'KMS' ? 'KMS' : undefined,
        key: live.EncryptionType === 'KMS' ? keyOf(live.KeyId) : undefined,
        maxRecordKiB: live.MaxRecordSizeInKiB ?? SMALLEST_LIMIT,
      },
    );
  });
  return (await Promise.all(looks)).flat();
};

/** The largest record of a stream that says nothing of it. */
const SMALLEST_LIMIT = 1_024;

function declaredStream(properties: Properties) {
  const { StreamMode: mode } = (properties.StreamModeDetails ?? {}) as Properties;
  const { EncryptionType: encryption, KeyId } = (properties.StreamEncryption ?? {}) as Properties;
  return {
    name: properties.Name,
    mode,
    shards: countOf(mode, properties.ShardCount),
    retentionHours: properties.RetentionPeriodHours,
    encryption,
    key: keyOf(KeyId),
    maxRecordKiB: properties.MaxRecordSizeInKiB ?? SMALLEST_LIMIT,
  };
}

/** Consumers that the stack declares. Readers may register others themselves. */
export const lookAtConsumers: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { DescribeStreamConsumerCommand } = await import('@aws-sdk/client-kinesis');
  const client = await kinesisOf(site);
  const looks = declared.map(async ([id, { ConsumerName: name, StreamARN: stream }]) => {
    const ConsumerARN = physicalIdOf(site, id);
    const answer = await orMissing(
      client.send(
        // A value that is no ARN belongs to a consumer that does not exist.
        new DescribeStreamConsumerCommand(
          ConsumerARN.startsWith('arn:')
            ? { ConsumerARN }
            : { StreamARN: String(stream), ConsumerName: ConsumerARN },
        ),
      ),
    );
    const live = answer?.ConsumerDescription;
    return compare(
      `Consumer ${String(name)}`,
      { name, stream },
      live && { name: live.ConsumerName, stream: live.StreamARN },
    );
  });
  return (await Promise.all(looks)).flat();
};
