import {
  FUNCTION,
  FUNCTION_IN_WORDS,
  IDENTITY_SOURCE,
  MOST_TTL_S,
  ROLE,
  ROLE_IN_WORDS,
  SCOPE,
  USER_POOL,
  VALIDATION,
} from '../authorization/forms';
import { AUTHORIZATIONS } from '../authorization/modes';
import type { Members } from './check-members';
import {
  isObject,
  listOf,
  type MemberKind,
  oneOf,
  only,
  text,
  textOrVariable,
  wholeNumber,
} from './kinds';

/** More than an authorizer of API Gateway has room for. */
const MOST = 50;

const identitySource = listOf(text('identity sources', IDENTITY_SOURCE), MOST);
const identityValidation = text('a regular expression', VALIDATION);

/** The members of a stream's own door, by its type. */
const MEMBERS = {
  COGNITO: {
    type: only('COGNITO'),
    userPoolArns: listOf(textOrVariable('ARNs of user pools', USER_POOL), MOST),
    scopes: listOf(text('OAuth scopes', SCOPE), MOST),
    identitySource,
    identityValidation,
  },
  LAMBDA: {
    type: only('LAMBDA'),
    function: textOrVariable(FUNCTION_IN_WORDS, FUNCTION),
    kind: oneOf('TOKEN', 'REQUEST'),
    identitySource,
    identityValidation,
    ttlSeconds: wholeNumber('seconds', 0, MOST_TTL_S),
    roleArn: textOrVariable(ROLE_IN_WORDS, ROLE),
  },
} as const satisfies Readonly<Record<string, Members>>;

const modes = oneOf(...AUTHORIZATIONS);

/** For a type that there is not. */
const OF_ANY = {
  ...MEMBERS.COGNITO,
  ...MEMBERS.LAMBDA,
  type: oneOf(...Object.keys(MEMBERS)),
};

const membersOf = ({ type }: Readonly<Record<string, unknown>>): Members | undefined =>
  type === 'COGNITO' || type === 'LAMBDA' ? MEMBERS[type] : undefined;

/** Who may send to a stream: a mode of the stage, or one with members of its own. */
export const door: MemberKind = {
  takes: (value) => modes.takes(value) || (isObject(value) && membersOf(value) !== undefined),
  inWords: `${modes.inWords}, or ${Object.entries(MEMBERS)
    .map(
      ([type, { type: _, ...members }]) =>
        `{ type: '${type}', ${Object.keys(members).join(', ')} }`,
    )
    .join(', or ')}: docs/authorization.md`,
  words: AUTHORIZATIONS,
  members: (value) => (isObject(value) ? (membersOf(value) ?? OF_ANY) : undefined),
};
