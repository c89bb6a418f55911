import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { invalidParameter } from '../errors';
import type { Source } from './source';

/** Lambda's words for a role that may not read, whatever it lacks. */
export const noAccess = (streamArn: string): string =>
  `Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, ` +
  'GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.';

const may = (role: Caller, action: string, resource: string): boolean => {
  try {
    role.authorize(action, resource);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
};

/**
 * Checks that a function's role may read a stream. The message lists more than is asked for: the
 * Serverless Framework grants no ListShards, and AWS takes it.
 * @throws AwsError InvalidParameterValueException
 */
export function requireReading(role: Caller, { streamArn, consumerArn }: Source): void {
  const mayRead =
    consumerArn === undefined
      ? may(role, 'kinesis:GetRecords', streamArn) &&
        may(role, 'kinesis:GetShardIterator', streamArn)
      : may(role, 'kinesis:SubscribeToShard', consumerArn);
  const mayDescribe =
    may(role, 'kinesis:DescribeStream', streamArn) ||
    may(role, 'kinesis:DescribeStreamSummary', streamArn);
  if (!mayRead || !mayDescribe) throw invalidParameter(noAccess(streamArn));
}

/** @throws AwsError InvalidParameterValueException if a role may not publish to a destination */
export function requirePublishing(role: Caller, topicArn: string): void {
  if (may(role, 'sns:Publish', topicArn)) return;
  throw invalidParameter(
    `The function's execution role does not have permissions to call Publish on ${topicArn}`,
  );
}
