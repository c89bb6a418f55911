import {
  FUNCTION,
  FUNCTION_IN_WORDS,
  IDENTITY_SOURCE,
  MOST_TTL_S,
  ROLE,
  SCOPE,
  USER_POOL,
  VALIDATION,
} from '../authorization/forms';
import { AUTHORIZATIONS } from '../authorization/modes';
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
const MEMBERS: Readonly<Record<string, Readonly<Record<string, MemberKind>>>> = {
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
    roleArn: textOrVariable('a role', ROLE),
  },
};

const takesWhole = ({ takes, parts }: MemberKind, value: unknown): boolean =>
  takes(value) && (parts?.(value) ?? []).every(({ isRight }) => isRight);

const modes = oneOf(...AUTHORIZATIONS);

const membersOf = (value: Readonly<Record<string, unknown>>) =>
  Object.hasOwn(MEMBERS, String(value.type)) ? MEMBERS[String(value.type)] : undefined;

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
  parts: (value) => {
    const members = isObject(value) ? membersOf(value) : undefined;
    if (!isObject(value) || members === undefined) return [];
    return Object.entries(value).map(([name, item]) => ({
      given: { [name]: item },
      isRight:
        item === undefined ||
        (Object.hasOwn(members, name) && takesWhole(members[name] as MemberKind, item)),
    }));
  },
};
