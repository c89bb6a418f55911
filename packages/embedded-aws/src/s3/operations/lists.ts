import type { Bucket, ObjectVersion } from '../bucket';
import { s3Error } from '../errors';
import { type Listing, listKeys } from '../listing';
import { countParameter, type Operation, type OperationContext, xmlAnswer } from '../operation';
import { QUOTAS } from '../quotas';
import { compareKeys } from '../sorted-keys';
import { canonicalId } from '../store';
import type { S3Value } from '../xml';

const MAX_KEYS = QUOTAS.listed;

export const listOperations: Readonly<Record<string, Operation>> = {
  ListObjectsV2: {
    method: 'GET',
    subresource: 'list-type',
    permission: 's3:ListBucket',
    run: listObjectsV2,
  },
  ListObjectVersions: {
    method: 'GET',
    subresource: 'versions',
    permission: 's3:ListBucketVersions',
    run: listObjectVersions,
  },
  ListObjects: { method: 'GET', permission: 's3:ListBucket', run: listObjects },
};

function listObjectsV2(context: OperationContext) {
  const { query } = context.request;
  if (query.get('list-type') !== '2') throw s3Error('InvalidArgument', 'Invalid list-type');
  const bucket = context.bucket();
  const token = query.get('continuation-token') ?? undefined;
  const startAfter = query.get('start-after') ?? undefined;
  const page = list(context, token === undefined ? (startAfter ?? '') : positionOf(token));
  const { listing, encode } = page;
  const withOwner = query.get('fetch-owner') === 'true';
  return xmlAnswer('ListBucketResult', {
    ...commonMembers(context, page),
    StartAfter: startAfter && encode(startAfter),
    KeyCount: listing.keys.length + listing.commonPrefixes.length,
    ContinuationToken: token,
    NextContinuationToken: listing.isTruncated ? tokenOf(listing.last) : undefined,
    Contents: contents(bucket, listing, encode, withOwner),
    CommonPrefixes: prefixes(listing, encode),
  });
}

function listObjects(context: OperationContext) {
  const { query } = context.request;
  const marker = query.get('marker') ?? '';
  const bucket = context.bucket();
  const page = list(context, marker);
  const { listing, encode } = page;
  const isGrouped = query.get('delimiter');
  return xmlAnswer('ListBucketResult', {
    ...commonMembers(context, page),
    Marker: encode(marker),
    // Without a delimiter, clients use the last key of the page as the marker.
    NextMarker: listing.isTruncated && isGrouped ? encode(listing.last) : undefined,
    Contents: contents(bucket, listing, encode, true),
    CommonPrefixes: prefixes(listing, encode),
  });
}

interface Page {
  readonly listing: Listing;
  readonly maxKeys: number;
  readonly encode: (text: string) => string;
}

function list(context: OperationContext, after: string): Page {
  const { query } = context.request;
  const bucket = context.bucket();
  const maxKeys = countParameter(query, 'max-keys', MAX_KEYS, MAX_KEYS);
  const request = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys,
    after,
  };
  const listing = listKeys(bucket, request, (key) => bucket.current(key) !== undefined);
  return { listing, maxKeys, encode: encoder(query) };
}

function commonMembers({ request, ...context }: OperationContext, page: Page) {
  const { query } = request;
  const delimiter = query.get('delimiter');
  return {
    Name: context.bucket().name,
    Prefix: page.encode(query.get('prefix') ?? ''),
    MaxKeys: page.maxKeys,
    Delimiter: delimiter ? page.encode(delimiter) : undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: page.listing.isTruncated,
  };
}

function contents(
  bucket: Bucket,
  listing: Listing,
  encode: Page['encode'],
  withOwner: boolean,
): S3Value {
  return listing.keys.map((key) => {
    const version = bucket.current(key);
    return (
      version && { ...objectShape(version, encode), ...(withOwner && { Owner: owner(bucket) }) }
    );
  });
}

const owner = (bucket: Bucket) => ({ ID: canonicalId(bucket.ownerId) });

function objectShape(version: ObjectVersion, encode: Page['encode']) {
  return {
    Key: encode(version.key),
    LastModified: version.lastModified,
    ETag: `"${version.etag}"`,
    ChecksumAlgorithm: version.checksum?.algorithm,
    ChecksumType: version.checksum?.type,
    Size: version.body.length,
    StorageClass: 'STANDARD',
  };
}

const prefixes = ({ commonPrefixes }: Listing, encode: Page['encode']): S3Value =>
  commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) }));

/** Percent-encodes on request: XML cannot hold every key. @throws AwsError InvalidArgument */
function encoder(query: URLSearchParams): (text: string) => string {
  const encoding = query.get('encoding-type');
  if (encoding === null) return (text) => text;
  if (encoding !== 'url')
    throw s3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  return (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%20/g, '+');
}

const tokenOf = (last: string): string => Buffer.from(last).toString('base64');

/** @throws AwsError InvalidArgument for an invalid token */
function positionOf(token: string): string {
  const position = Buffer.from(token, 'base64').toString('utf8');
  if (token === '' || tokenOf(position) !== token) {
    throw s3Error('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return position;
}

/** A version, or a common prefix. */
type Entry = { readonly at: string; readonly version?: ObjectVersion };

function listObjectVersions(context: OperationContext) {
  const { query } = context.request;
  const bucket = context.bucket();
  const encode = encoder(query);
  const maxKeys = countParameter(query, 'max-keys', MAX_KEYS, MAX_KEYS);
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const prefix = query.get('prefix') ?? '';
  const all = { prefix, delimiter, maxKeys: Number.POSITIVE_INFINITY, after: keyMarker };
  const listing = listKeys(bucket, all, () => true);
  const entries: Entry[] = [
    ...versionsBehind(bucket, keyMarker, versionMarker),
    ...listing.keys.flatMap((key) => bucket.versionsOf(key)),
  ].map((version) => ({ at: version.key, version }));
  for (const at of listing.commonPrefixes) entries.push({ at });
  // Sorting is stable: a key's versions stay newest first.
  const page = entries.sort((a, b) => compareKeys(a.at, b.at)).slice(0, maxKeys);
  const isTruncated = maxKeys > 0 && page.length < entries.length;
  const last = isTruncated ? page.at(-1) : undefined;
  const shapes = page.flatMap(({ version }) =>
    version === undefined ? [] : [versionShape(bucket, version, encode)],
  );
  return xmlAnswer('ListVersionsResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionMarker,
    NextKeyMarker: last && encode(last.at),
    NextVersionIdMarker: last?.version?.versionId,
    MaxKeys: maxKeys,
    Delimiter: delimiter ? encode(delimiter) : undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    Version: shapes.filter(({ isDeleteMarker }) => !isDeleteMarker).map(({ shape }) => shape),
    DeleteMarker: shapes.filter(({ isDeleteMarker }) => isDeleteMarker).map(({ shape }) => shape),
    CommonPrefixes: page
      .filter(({ version }) => version === undefined)
      .map(({ at }) => ({ Prefix: encode(at) })),
  });
}

/** The remaining versions of the key at which the previous page ended. */
function versionsBehind(bucket: Bucket, key: string, versionId: string): readonly ObjectVersion[] {
  const versions = bucket.versionsOf(key);
  const index = versions.findIndex((version) => version.versionId === versionId);
  return index === -1 ? [] : versions.slice(index + 1);
}

function versionShape(bucket: Bucket, version: ObjectVersion, encode: Page['encode']) {
  const { isDeleteMarker, versionId, key, lastModified } = version;
  const isLatest = bucket.versionsOf(key)[0] === version;
  const identity = { VersionId: versionId, IsLatest: isLatest, Owner: owner(bucket) };
  return {
    isDeleteMarker,
    shape: isDeleteMarker
      ? { Key: encode(key), LastModified: lastModified, ...identity }
      : { ...objectShape(version, encode), ...identity },
  };
}
