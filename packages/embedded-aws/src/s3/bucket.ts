import { createHash, randomBytes } from 'node:crypto';
import type { CompiledPolicy } from '../iam/policy-document';
import type { Checksum, ChecksumAlgorithm } from './checksums';
import { s3Error } from './errors';
import { SortedKeys } from './sorted-keys';

/** An object's metadata. */
export interface ObjectHeaders {
  /** `content-type`, `cache-control`, `x-amz-meta-…`, as returned to clients. */
  readonly [name: string]: string;
}

/** A version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` in a bucket without versioning. */
  readonly versionId: string;
  readonly lastModified: Date;
  readonly isDeleteMarker: boolean;
  readonly body: Buffer;
  /** Without the quotes. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly checksum: Checksum | undefined;
}

/** The properties of a new version. */
export type NewObject = Pick<ObjectVersion, 'body' | 'etag' | 'headers' | 'checksum'>;

/** A part of an incomplete upload. */
export interface UploadPart {
  readonly number: number;
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: Date;
}

/** A multipart upload. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiated: Date;
  readonly headers: ObjectHeaders;
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'];
  readonly parts: Map<number, UploadPart>;
}

export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** The public access block; on for new buckets. */
export const PUBLIC_ACCESS_SETTINGS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;
export type PublicAccessBlock = Readonly<Record<(typeof PUBLIC_ACCESS_SETTINGS)[number], boolean>>;

export const ALL_BLOCKED: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const NULL_VERSION = 'null';
const VERSION_ID = /^[A-Za-z0-9_.-]{32}$/;
const MOST_COMPLETED = 1000;

/** A bucket and its objects, in memory. */
export class Bucket {
  readonly name: string;
  readonly ownerId: string;
  readonly region: string;
  readonly partition: string;
  readonly created: Date;
  readonly uploads = new Map<string, Upload>();
  /** Objects by the uploads that made them, for clients that complete an upload again. */
  readonly completed = new Map<string, ObjectVersion>();
  tags = new Map<string, string>();
  policy: CompiledPolicy | undefined;
  publicAccessBlock: PublicAccessBlock | undefined = ALL_BLOCKED;
  /** The algorithm reported for new objects: `AES256` or `aws:kms`. */
  encryption = 'AES256';
  versioning: Versioning;
  /** Newest first. */
  readonly #versions = new Map<string, ObjectVersion[]>();
  readonly #keys = new SortedKeys();

  constructor(
    name: string,
    ownerId: string,
    region: string,
    partition: string,
    created = new Date(),
  ) {
    this.created = created;
    this.name = name;
    this.ownerId = ownerId;
    this.region = region;
    this.partition = partition;
  }

  get arn(): string {
    return `arn:${this.partition}:s3:::${this.name}`;
  }

  /** True if not even a version or a delete marker is left. */
  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  /** Every key with its versions, newest first. A list is never changed, only replaced. */
  objects(): Iterable<readonly [key: string, versions: readonly ObjectVersion[]]> {
    return this.#versions;
  }

  /** Restores a key's versions, newest first. */
  restore(key: string, versions: ObjectVersion[]): void {
    this.#keep(key, versions);
  }

  /** Keys in UTF-8 order, from the first that is not less than the text. */
  keysFrom(text: string): Iterable<string> {
    return this.#keys.from(text);
  }

  /** Newest first; empty if the key was never used. */
  versionsOf(key: string): readonly ObjectVersion[] {
    return this.#versions.get(key) ?? [];
  }

  /** The newest version, unless it is a delete marker. */
  current(key: string): ObjectVersion | undefined {
    const newest = this.versionsOf(key)[0];
    return newest?.isDeleteMarker ? undefined : newest;
  }

  put(key: string, object: NewObject): ObjectVersion {
    return this.#add({ ...object, key, isDeleteMarker: false });
  }

  /**
   * Deletes as S3 does: with versioning, the object stays and a delete marker is added.
   * @returns the added marker or the removed version; undefined if there was nothing to delete
   */
  delete(key: string): ObjectVersion | undefined {
    if (this.versioning === undefined) return this.deleteVersion(key, NULL_VERSION);
    const nothing = { body: Buffer.alloc(0), etag: '', headers: {}, checksum: undefined };
    return this.#add({ ...nothing, key, isDeleteMarker: true });
  }

  deleteVersion(key: string, versionId: string): ObjectVersion | undefined {
    const versions = this.versionsOf(key);
    const found = versions.find((version) => version.versionId === versionId);
    if (found !== undefined) {
      this.#keep(
        key,
        versions.filter((version) => version !== found),
      );
    }
    return found;
  }

  /** Ends an upload. The last {@link MOST_COMPLETED} of them can be completed again. */
  complete({ id }: Upload, version: ObjectVersion): void {
    this.uploads.delete(id);
    this.completed.set(id, version);
    const [oldest] = this.completed.keys();
    if (this.completed.size > MOST_COMPLETED && oldest !== undefined) this.completed.delete(oldest);
  }

  /**
   * The version of a key that has an id.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/RetrievingObjectVersions.html
   * @throws AwsError NoSuchVersion; InvalidArgument for an id that the bucket cannot have
   */
  version(key: string, versionId: string): ObjectVersion {
    this.checkVersionId(versionId);
    const found = this.versionsOf(key).find((version) => version.versionId === versionId);
    if (found !== undefined) return found;
    throw s3Error('NoSuchVersion', '', { Key: key, VersionId: versionId });
  }

  /**
   * False for what is no version's id, and in a bucket that never had versioning for every id (L,
   * test_delete_object_versioned, 01-08-2023, and test_delete_objects, 27-07-2023).
   */
  canHaveVersion(id: string): boolean {
    return id === NULL_VERSION || (this.versioning !== undefined && VERSION_ID.test(id));
  }

  /** @throws AwsError InvalidArgument for an id that the bucket cannot have */
  checkVersionId(versionId: string): void {
    if (this.canHaveVersion(versionId)) return;
    throw s3Error('InvalidArgument', 'Invalid version id specified', {
      ArgumentName: 'versionId',
      ArgumentValue: versionId,
    });
  }

  /** @throws AwsError NoSuchUpload */
  upload(id: string, key: string): Upload {
    const upload = this.uploads.get(id);
    if (upload === undefined || upload.key !== key) {
      throw s3Error('NoSuchUpload', '', { UploadId: id });
    }
    return upload;
  }

  #add(version: Omit<ObjectVersion, 'versionId' | 'lastModified'>): ObjectVersion {
    const versionId =
      this.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : NULL_VERSION;
    const added = { ...version, versionId, lastModified: new Date() };
    const others = this.versionsOf(version.key).filter(
      (other) => versionId !== NULL_VERSION || other.versionId !== NULL_VERSION,
    );
    this.#keep(version.key, [added, ...others]);
    return added;
  }

  #keep(key: string, versions: ObjectVersion[]): void {
    if (versions.length === 0) {
      this.#versions.delete(key);
      this.#keys.delete(key);
    } else {
      if (!this.#versions.has(key)) this.#keys.add(key);
      this.#versions.set(key, versions);
    }
  }
}

/** The hash that S3 calls an ETag. */
export const md5 = (body: Buffer): string => createHash('md5').update(body).digest('hex');
