import { createHash } from 'node:crypto';
import { type Caller, partitionOf } from '../core/caller';
import { Bucket } from './bucket';
import { s3Error } from './errors';

const NAME = /^(?!xn--|sthree-)(?!.*\.\.)(?!.*-s3alias$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

/** All buckets. Their names are unique across all accounts of a partition. */
export class S3Store {
  readonly #buckets = new Map<string, Bucket>();

  /** @throws AwsError InvalidBucketName, BucketAlreadyExists, BucketAlreadyOwnedByYou */
  create(name: string, caller: Caller): Bucket {
    if (!NAME.test(name) || IP_ADDRESS.test(name)) {
      throw s3Error('InvalidBucketName', '', { BucketName: name });
    }
    const partition = partitionOf(caller.region);
    const known = this.find(name, partition);
    if (known !== undefined) {
      const isOwn = known.ownerId === caller.accountId;
      throw s3Error(isOwn ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists', '', {
        BucketName: name,
      });
    }
    const bucket = new Bucket(name, caller.accountId, caller.region, partition);
    this.#buckets.set(`${partition}/${name}`, bucket);
    return bucket;
  }

  all(): Iterable<Bucket> {
    return this.#buckets.values();
  }

  /** Restores a bucket. */
  restore(bucket: Bucket): void {
    this.#buckets.set(`${bucket.partition}/${bucket.name}`, bucket);
  }

  find(name: string, partition: string): Bucket | undefined {
    return this.#buckets.get(`${partition}/${name}`);
  }

  /** @throws AwsError NoSuchBucket */
  get(name: string, caller: Caller): Bucket {
    const bucket = this.find(name, partitionOf(caller.region));
    if (bucket === undefined) throw s3Error('NoSuchBucket', '', { BucketName: name });
    return bucket;
  }

  /** @throws AwsError BucketNotEmpty */
  delete(bucket: Bucket): void {
    if (!bucket.isEmpty) {
      const versions = bucket.versioning && '. You must delete all versions in the bucket.';
      throw s3Error('BucketNotEmpty', versions ?? '', { BucketName: bucket.name });
    }
    this.#buckets.delete(`${bucket.partition}/${bucket.name}`);
  }

  ownedBy({ accountId, region }: Caller): Bucket[] {
    const partition = partitionOf(region);
    return [...this.#buckets.values()]
      .filter((bucket) => bucket.ownerId === accountId && bucket.partition === partition)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** An account's canonical user id: 64 hexadecimal digits. */
export const canonicalId = (accountId: string): string =>
  createHash('sha256').update(`canonical-user/${accountId}`).digest('hex');

/** S3's store: one for all accounts, because a bucket's name is unique in its partition. */
export interface Buckets {
  readonly store: S3Store;
}
