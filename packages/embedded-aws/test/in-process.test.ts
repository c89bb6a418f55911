import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { answeredBy } from '../src/in-process';
import { createAws } from '../src/index';

const aws = createAws();
const handler = answeredBy((request) => aws.handle(request));
const config = {
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:4566',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  requestHandler: handler,
};

test('a client reads an answer', async () => {
  const { StreamNames } = await new KinesisClient(config).send(new ListStreamsCommand({}));

  expect(StreamNames).toEqual([]);
});

test("S3's client hands an object on as a stream", async () => {
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));

  expect(await text(Body as Readable)).toBe('content');
});

test('who calls the handler without a client gets a stream', async () => {
  const { response } = await handler.handle({ method: 'GET', path: '/', headers: {} });

  expect(response.body).toBeInstanceOf(Readable);
  expect(await text(response.body as Readable)).toContain('AccessDeniedException');
});
