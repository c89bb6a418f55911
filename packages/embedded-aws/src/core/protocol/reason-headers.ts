import type { AwsError } from '../errors';

/**
 * Headers with an error's code and message, for the answer to HEAD, which has no body. S3's website
 * endpoints send them (https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html);
 * empty for all other methods.
 */
export function reasonHeaders(
  method: string,
  { code, message }: Pick<AwsError, 'code' | 'message'>,
): Readonly<Record<string, string>> {
  if (method !== 'HEAD') return {};
  // A header carries one line of ASCII.
  const text = message.replace(/\s+/g, ' ').replace(/[^\x20-\x7e]/g, '?');
  return { 'x-amz-error-code': code, 'x-amz-error-message': text };
}
