import { compilePolicy } from '../iam/policy-document';
import { asWritten, type Persistent, type StoredDocument } from '../state/persistent';
import { Bucket } from './bucket';
import type { S3Store } from './store';

/** State of S3 that survives a restart: buckets, objects, incomplete uploads. */
export function s3State(store: S3Store): Persistent {
  return {
    name: 's3',
    *documents() {
      for (const bucket of store.all()) {
        const key = (kind: string, ...names: string[]) => [
          kind,
          bucket.partition,
          bucket.name,
          ...names,
        ];
        yield { key: key('buckets'), value: () => writeBucket(bucket) };
        for (const [name, versions] of bucket.objects()) {
          yield { key: key('objects', name), stamp: versions, value: () => versions };
        }
        for (const [id, upload] of bucket.uploads) {
          yield { key: key('uploads', id), value: () => upload };
        }
      }
    },
    restore(documents) {
      for (const document of documents) restoreDocument(store, document);
    },
  };
}

const writeBucket = (bucket: Bucket) => ({
  ownerId: bucket.ownerId,
  region: bucket.region,
  created: bucket.created,
  tags: bucket.tags,
  policy: bucket.policy?.document,
  publicAccessBlock: bucket.publicAccessBlock,
  encryption: bucket.encryption,
  versioning: bucket.versioning,
});

function restoreDocument(store: S3Store, { key, value }: StoredDocument): void {
  const [kind, partition = '', bucketName = '', name = ''] = key;
  if (kind === 'buckets') {
    store.restore(readBucket(bucketName, partition, asWritten(value)));
    return;
  }
  const bucket = store.find(bucketName, partition);
  if (bucket === undefined) throw new Error(`it has ${key.join('/')} of no bucket`);
  if (kind === 'objects') bucket.restore(name, asWritten(value));
  else if (kind === 'uploads') bucket.uploads.set(name, asWritten(value));
  else throw new Error(`unknown document ${key.join('/')}`);
}

function readBucket(
  name: string,
  partition: string,
  written: ReturnType<typeof writeBucket>,
): Bucket {
  const { ownerId, region, created, policy, ...settings } = written;
  const bucket = new Bucket(name, ownerId, region, partition, created);
  return Object.assign(bucket, {
    tags: settings.tags,
    publicAccessBlock: settings.publicAccessBlock,
    encryption: settings.encryption,
    versioning: settings.versioning,
    policy: policy === undefined ? undefined : compilePolicy(policy, 'resource'),
  });
}
