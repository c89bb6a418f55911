import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { inProcess } from '../../src/in-process';
import { createS3 } from '../../src/s3';
import { compareKeys } from '../../src/s3/sorted-keys';
import { send } from '../support/send';

const Bucket = 'listed';

async function bucketWith(keys: readonly string[]) {
  const s3 = createS3();
  const client = new S3Client({ ...inProcess(s3), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  return { s3, client };
}

describe('ListObjectsV2', () => {
  test('groups what follows the prefix up to the delimiter', async () => {
    const { client } = await bucketWith(['p/a', 'p/b/1', 'p/b/2', 'p/c/1', 'q', 'p/']);

    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'p/', Delimiter: '/' }),
    );

    expect(page.Contents?.map(({ Key }) => Key)).toEqual(['p/', 'p/a']);
    expect(page.CommonPrefixes).toEqual([{ Prefix: 'p/b/' }, { Prefix: 'p/c/' }]);
    expect(page.KeyCount).toBe(4);
    expect(page.IsTruncated).toBe(false);
  });

  test.each([1, 2, 3, 7])('pages of %s give everything once, in order', async (MaxKeys) => {
    const keys = ['a', 'b/1', 'b/2', 'b/3', 'c', 'd/1', 'e', '😀', '\uffee'];
    const { client } = await bucketWith([...keys].reverse());
    const seen: string[] = [];
    let ContinuationToken: string | undefined;

    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket, MaxKeys, Delimiter: '/', ContinuationToken }),
      );
      const names = [
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ];
      expect(names.length).toBeLessThanOrEqual(MaxKeys);
      seen.push(...names.map(String).sort());
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);

    // UTF-8 puts U+FFEE before the emoji, UTF-16 behind it.
    const expected = ['a', 'b/', 'c', 'd/', 'e', '\uffee', '😀'];
    expect(seen.sort(compareKeys)).toEqual(expected);
  });

  test('a token that was not handed out is refused', async () => {
    const { client } = await bucketWith(['a']);

    const page = client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'x' }));

    await expect(page).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  test('keys that XML cannot hold are percent-encoded when the client asks', async () => {
    const { s3 } = await bucketWith(['a\u0001b c/ü']);

    const { text } = await send(s3, {
      method: 'GET',
      path: `/${Bucket}`,
      query: 'list-type=2&encoding-type=url',
    });

    expect(text).toContain('<Key>a%01b+c/%C3%BC</Key>');
  });
});

test('ListObjects pages by marker', async () => {
  const { client } = await bucketWith(['a', 'b', 'c']);

  const first = await client.send(new ListObjectsCommand({ Bucket, MaxKeys: 2 }));
  const second = await client.send(new ListObjectsCommand({ Bucket, Marker: 'b' }));

  expect(first.IsTruncated).toBe(true);
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(['c']);
});

test('ListObjectVersions counts every version and marker, and pages between them', async () => {
  const { client } = await bucketWith([]);
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  for (const Body of ['1', '2'])
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'b', Body: '1' }));

  const first = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
  const second = await client.send(
    new ListObjectVersionsCommand({
      Bucket,
      KeyMarker: first.NextKeyMarker,
      VersionIdMarker: first.NextVersionIdMarker,
    }),
  );

  expect(first.DeleteMarkers).toMatchObject([{ Key: 'a', IsLatest: true }]);
  expect(first.Versions).toMatchObject([{ Key: 'a', IsLatest: false }]);
  expect(first.IsTruncated).toBe(true);
  expect(second.Versions?.map(({ Key }) => Key)).toEqual(['a', 'b']);
});

test('keys are compared as their UTF-8 bytes are', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 5 });
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareKeys(a, b))).toBe(expected);
    }),
  );
});
