import { either, NO_VALUE, split, sub } from './cloudformation';
import type { DeclaredStream } from './streams/declared';

/** The keys of one's own that declared streams are encrypted with, others' streams included. */
export const declaredKeys = (declared: readonly DeclaredStream[]): string[] => [
  ...new Set(declared.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? [])),
];

/**
 * Lets a key be used by what Kinesis does for the caller, and for nothing else. The `*` is for China,
 * where AWS does not say whether `.cn` follows.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const onlyThroughKinesis = {
  StringLike: { 'kms:ViaService': sub('kinesis.${AWS::Region}.amazonaws.com*') },
};

/** A statement of a policy, with these actions on these keys. */
export const keyStatement = (actions: readonly string[], keys: unknown) => ({
  Effect: 'Allow',
  Action: actions,
  Resource: keys,
  Condition: onlyThroughKinesis,
});

/** A value for a stage with keys of its own, by parameter or by declared stream. */
export const withOwnKeys = <T>(declared: readonly DeclaredStream[], value: T) =>
  either('EncryptsWithOwnKeys', value, declaredKeys(declared).length > 0 ? value : NO_VALUE);

/** A statement with these actions on all keys that the stage's streams are encrypted with. */
export function stageKeysStatement(
  actions: readonly string[],
  declared: readonly DeclaredStream[],
) {
  const keys = declaredKeys(declared);
  return either(
    'EncryptsWithOwnKeys',
    keyStatement(actions, split(['${param:kmsKeyArns}', ...keys].join(','))),
    keys.length > 0 ? keyStatement(actions, keys) : NO_VALUE,
  );
}
