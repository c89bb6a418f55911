import { type Resources, resource } from '../cloudformation';
import { declaredKeys, keyStatement } from '../encryption-keys';
import { logicalIds } from '../logical-ids';
import { roleSettings } from '../role';
import type { DeclaredStream } from '../streams/declared';
import { streamArns } from '../throw-away-streams';

/**
 * The role of the event endpoints: it writes to their streams and to no other, and with the keys that
 * these have.
 */
export function eventsRole(written: readonly DeclaredStream[]): Resources {
  if (written.length === 0) return {};
  const keys = declaredKeys(written);
  return {
    [logicalIds.eventsRole]: resource('AWS::IAM::Role', {
      ...roleSettings,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'kinesis',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['kinesis:PutRecord', 'kinesis:PutRecords'],
                Resource: written.map(({ streamName }) => streamArns(streamName)),
              },
              ...(keys.length > 0 ? [keyStatement(['kms:GenerateDataKey'], keys)] : []),
            ],
          },
        },
      ],
    }),
  };
}
