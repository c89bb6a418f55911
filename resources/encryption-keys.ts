import { split, sub } from './cloudformation';

/** The keys of one's own with which the stage's streams are encrypted. */
export const encryptionKeys = split('${param:kmsKeyArns}');

/**
 * Lets a key be used by what Kinesis does for the caller, and for nothing else. The `*` is for China,
 * where AWS does not say whether `.cn` follows.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const onlyThroughKinesis = {
  StringLike: { 'kms:ViaService': sub('kinesis.${AWS::Region}.amazonaws.com*') },
};
