import { createS3, readTemplateUrl } from '../../src/s3';
import { testCaller } from '../support/aws-request';
import { send } from '../support/send';

async function s3WithTemplate() {
  const s3 = createS3();
  await send(s3, { method: 'PUT', path: '/my.bucket' });
  await send(s3, { method: 'PUT', path: '/my.bucket/a%20b/t.json', body: '{"ü":1}' });
  return s3;
}

describe('readTemplateUrl', () => {
  test.each([
    'https://s3.amazonaws.com/my.bucket/a%20b/t.json',
    'https://s3.us-east-1.amazonaws.com/my.bucket/a%20b/t.json',
    'https://s3-us-east-1.amazonaws.com/my.bucket/a%20b/t.json',
    'https://my.bucket.s3.amazonaws.com/a%20b/t.json',
    'https://my.bucket.s3.us-east-1.amazonaws.com/a%20b/t.json',
    'https://my.bucket.s3-us-east-1.amazonaws.com/a%20b/t.json',
    'http://127.0.0.1:4566/my.bucket/a%20b/t.json',
  ])('reads %s', async (url) => {
    const s3 = await s3WithTemplate();

    expect(await readTemplateUrl(s3, url, testCaller)).toBe('{"ü":1}');
  });

  test.each([
    ['not a url', 'TemplateURL must be a supported URL.'],
    ['file:///etc/passwd', 'TemplateURL must be a supported URL.'],
    ['https://s3.amazonaws.com/only-a-bucket', 'TemplateURL must be a supported URL.'],
    ['https://s3.amazonaws.com/my.bucket/%zz', 'TemplateURL must be a supported URL.'],
    ['https://s3.amazonaws.com/my.bucket/no', 'S3 error: The specified key does not exist.'],
    ['https://s3.amazonaws.com/no/t.json', 'S3 error: The specified bucket does not exist'],
  ])('refuses %s', async (url, message) => {
    const s3 = await s3WithTemplate();

    await expect(readTemplateUrl(s3, url, testCaller)).rejects.toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});
