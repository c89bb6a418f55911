import { AwsError } from '../../core/errors';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import type { Iam } from '../../iam';

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/.+$/;
const DEFAULT_DURATION = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operationFor<Iam>()({
  input: {
    RoleArn: required(text),
    RoleSessionName: {
      type: 'String',
      min: 2,
      max: 64,
      pattern: '[\\w+=,.@-]*',
      required: true,
    },
    DurationSeconds: { type: 'Integer', min: 900, max: 43_200 },
    ExternalId: text,
  },
  unsupported: [
    'Policy',
    'PolicyArns',
    'ProvidedContexts',
    'SerialNumber',
    'SourceIdentity',
    'Tags',
    'TokenCode',
    'TransitiveTagKeys',
  ],
  run(input, { store: iam, caller }) {
    const { RoleArn: roleArn, RoleSessionName: name, ExternalId: externalId } = input;
    const { DurationSeconds: durationSeconds = DEFAULT_DURATION } = input;
    if (!ROLE_ARN.test(roleArn)) throw new AwsError('ValidationError', `${roleArn} is invalid`);
    const assumed = iam.assumeRoleAs(caller, roleArn, { name, durationSeconds, externalId });
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = assumed.credentials;
    return {
      AssumedRoleUser: { AssumedRoleId: assumed.caller.userId, Arn: assumed.caller.arn },
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: expiration,
      },
    };
  },
});
