import type { Caller } from '../core/caller';
import { AwsError } from '../core/errors';
import { readObject } from './read-object';
import type { Buckets } from './store';

/** `bucket.s3.amazonaws.com`, `bucket.s3.eu-west-1.amazonaws.com`, `bucket.s3-eu-west-1.…` */
const VIRTUAL_HOST = /^(.+)\.s3[.-](?:[a-z0-9.-]+\.)?amazonaws\.com(?:\.cn)?$/;
const LARGEST_TEMPLATE = 1_048_576;

/**
 * Reads the object at a CloudFormation TemplateURL with the caller's permissions. Accepts all of
 * AWS's forms, and path style on any other host.
 * @throws AwsError ValidationError if it is not the URL of an object; S3's own errors in
 *   CloudFormation's form
 */
export async function readTemplateUrl(s3: Buckets, url: string, caller: Caller): Promise<string> {
  const { bucket, key, versionId } = addressOf(url);
  try {
    const object = readObject(s3, { bucket, key, versionId: versionId ?? undefined }, caller);
    if (object.body.length > LARGEST_TEMPLATE) {
      throw new AwsError(
        'ValidationError',
        `Template may not exceed ${LARGEST_TEMPLATE} bytes in size.`,
      );
    }
    return object.body.toString('utf8');
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === 'ValidationError') throw error;
    throw new AwsError(
      'ValidationError',
      `S3 error: ${error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
      { cause: error },
    );
  }
}

function addressOf(url: string) {
  try {
    const { protocol, hostname, pathname, searchParams } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(protocol);
    const path = decodeURIComponent(pathname.slice(1));
    const versionId = searchParams.get('versionId');
    const virtual = VIRTUAL_HOST.exec(hostname)?.[1];
    const slash = virtual === undefined ? path.indexOf('/') : -1;
    const bucket = virtual ?? path.slice(0, Math.max(slash, 0));
    const key = path.slice(slash + 1);
    if (bucket === '' || key === '') throw new TypeError('no bucket or no key');
    return { bucket, key, versionId };
  } catch (cause) {
    throw new AwsError('ValidationError', 'TemplateURL must be a supported URL.', { cause });
  }
}
