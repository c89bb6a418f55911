import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { inProcess } from '../../src/in-process';
import { createS3 } from '../../src/s3';

const Bucket = 'uploads';
const Key = 'large';
const MIN_PART = Buffer.alloc(5 * 1024 * 1024, 'a');

async function startedUpload() {
  const client = new S3Client({ ...inProcess(createS3()), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const upload = async (PartNumber: number, Body: string | Buffer) => {
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
    );
    return { PartNumber, ETag };
  };
  const complete = (Parts: readonly object[]) =>
    client.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key,
        UploadId,
        MultipartUpload: { Parts: [...Parts] },
      }),
    );
  return { client, UploadId, upload, complete };
}

describe('multipart uploads', () => {
  test('can be completed again, with the same answer', async () => {
    const { client, upload, complete } = await startedUpload();
    const part = await upload(1, 'all of it');

    const { $metadata: _, ...first } = await complete([part]);
    const { $metadata, ...second } = await complete([part]);

    expect($metadata.httpStatusCode).toBe(200);
    expect(second).toEqual(first);
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(Uploads).toBeUndefined();
  });

  test('become one object, its ETag the hash of the hashes', async () => {
    const { client, upload, complete } = await startedUpload();
    const second = await upload(2, 'end');
    const first = await upload(1, MIN_PART);

    const done = await complete([first, second]);
    const read = await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=-4' }));
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket }));

    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect(await read.Body?.transformToString()).toBe('aend');
    expect(uploads.Uploads ?? []).toEqual([]);
  });

  test('list their parts, the newest of each number', async () => {
    const { client, UploadId, upload } = await startedUpload();
    await upload(1, 'old');
    await upload(1, 'newer');

    const { Parts } = await client.send(new ListPartsCommand({ Bucket, Key, UploadId }));

    expect(Parts).toMatchObject([{ PartNumber: 1, Size: 5 }]);
  });

  test('are refused out of order, with unknown parts, and with small ones', async () => {
    const { upload, complete } = await startedUpload();
    const first = await upload(1, 'small');
    const second = await upload(2, 'end');

    await expect(complete([second, first])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ PartNumber: 3, ETag: 'x' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await expect(complete([first, second])).rejects.toMatchObject({ name: 'EntityTooSmall' });
  });

  test('are gone when they are aborted', async () => {
    const { client, UploadId, upload } = await startedUpload();
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

    await expect(upload(1, 'x')).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});
