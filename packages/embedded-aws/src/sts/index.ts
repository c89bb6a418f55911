import { AwsError } from '../core/errors';
import type { AwsRequest } from '../core/http';
import {
  type QueryAction,
  type QueryInput,
  queryHandler,
  requiredText,
  textMember,
} from '../core/protocol/query';
import type { AwsService } from '../core/service';
import { type Iam, isIdentityCaller } from '../iam';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/.+$/;
const DEFAULT_DURATION = 3600;
const SHORTEST_DURATION = 900;

/** Parameters of AssumeRole that would change what the session may do; nothing here acts on them. */
const REFUSED = [
  'Policy',
  'PolicyArns',
  'ProvidedContexts',
  'SerialNumber',
  'SourceIdentity',
  'Tags',
  'TokenCode',
  'TransitiveTagKeys',
] as const;

/** STS: who the caller is, and becoming a role. */
export function createSts(iam: Iam): AwsService {
  const actions: Readonly<Record<string, QueryAction>> = {
    GetCallerIdentity(_input, { caller }) {
      return {
        Arn: caller.arn,
        UserId: isIdentityCaller(caller) ? caller.userId : caller.accountId,
        Account: caller.accountId,
      };
    },
    AssumeRole: (input, request) => assumeRole(iam, input, request),
  };
  return { signingName: 'sts', handle: queryHandler('sts', NAMESPACE, actions) };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function assumeRole(iam: Iam, input: QueryInput, { caller }: AwsRequest) {
  const refused = REFUSED.find((name) => input[name] !== undefined);
  if (refused !== undefined) {
    throw new AwsError(
      'NotImplemented',
      `The embedded AWS does not implement the parameter ${refused} of sts:AssumeRole.`,
      { status: 501 },
    );
  }
  const roleArn = requiredText(input, 'RoleArn');
  if (!ROLE_ARN.test(roleArn)) throw validationError(`${roleArn} is invalid`);
  const name = requiredText(input, 'RoleSessionName');
  if (!SESSION_NAME.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  const durationSeconds = durationOf(input);
  const assumed = iam.assumeRoleAs(caller, roleArn, {
    name,
    durationSeconds,
    externalId: textMember(input, 'ExternalId'),
  });
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
}

function durationOf(input: QueryInput): number {
  const text = textMember(input, 'DurationSeconds');
  const seconds = text === undefined ? DEFAULT_DURATION : Number(text);
  if (Number.isInteger(seconds) && seconds >= SHORTEST_DURATION) return seconds;
  throw validationError(
    `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${SHORTEST_DURATION}`,
  );
}

const validationError = (message: string) => new AwsError('ValidationError', message);
