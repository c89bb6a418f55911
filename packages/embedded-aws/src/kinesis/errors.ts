import { AwsError } from '../core/errors';

/**
 * The errors of Kinesis, in AWS's words. Unless noted otherwise, the texts were recorded from the
 * live service (github.com/mhart/kinesalite, test/) or reported by its users.
 */
const account = (accountId: string) => `under account ${accountId}`;

export const validationError = (message: string) => new AwsError('ValidationException', message);

export const invalidArgument = (message: string) =>
  new AwsError('InvalidArgumentException', message);

export const limitExceeded = (message: string) => new AwsError('LimitExceededException', message);

export const resourceInUse = (message: string) => new AwsError('ResourceInUseException', message);

export const resourceNotFound = (message: string) =>
  new AwsError('ResourceNotFoundException', message);

export const streamNotFound = (name: string, accountId: string) =>
  resourceNotFound(`Stream ${name} ${account(accountId)} not found.`);

export const streamExists = (name: string, accountId: string) =>
  resourceInUse(`Stream ${name} ${account(accountId)} already exists.`);

export const streamNotActive = (name: string, accountId: string, status: string) =>
  resourceInUse(`Stream ${name} ${account(accountId)} not ACTIVE, instead in state ${status}`);

/** The request names a shard id that the stream does not have, or that is malformed. */
export const shardUnknown = (shardId: string, streamName: string, accountId: string) =>
  resourceNotFound(
    `Could not find shard ${shardId} in stream ${streamName} ${account(accountId)}.`,
  );

/** On reads: the stream has no such shard, or does not exist itself. */
export const shardMissing = (shardId: string, streamName: string, accountId: string) =>
  resourceNotFound(`Shard ${shardId} in stream ${streamName} ${account(accountId)} does not exist`);

export const shardRateExceeded = (shardId: string, streamName: string, accountId: string) =>
  new AwsError(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${shardId} in stream ${streamName} ${account(accountId)}.`,
  );
