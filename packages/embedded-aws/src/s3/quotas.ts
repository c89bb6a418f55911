import { OUT_OF_REACH, quotaTable, quotaValues } from '../core/quota';

const PARTS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html';
const METADATA = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html';

export const S3_QUOTAS = quotaTable({
  service: 'S3',
  page: 'https://docs.aws.amazon.com/general/latest/gr/s3.html',
  rows: {
    keyBytes: {
      name: 'Object key',
      value: 1024,
      unit: 'bytes',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html',
    },
    metadataBytes: { name: 'User-defined metadata', value: 2048, unit: 'bytes', source: METADATA },
    parts: { name: 'Maximum number of parts per upload', value: 10_000, source: PARTS },
    deletions: {
      name: 'Keys of DeleteObjects',
      value: 1000,
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html',
    },
    listed: {
      name: 'Maximum number of keys returned for a list',
      value: 1000,
      source: PARTS,
    },
    buckets: { name: 'General purpose buckets', value: 10_000, unchecked: OUT_OF_REACH },
  },
});

/** The values of the quotas above. */
export const QUOTAS = quotaValues(S3_QUOTAS);
