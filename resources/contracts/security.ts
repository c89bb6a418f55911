import { headersIn, queryIn } from '../authorization/identity-sources';
import { hasAuthorizer } from '../authorization/modes';
import { SECURITY_SCHEMES } from '../openapi/components';
import type { DeclaredStream } from '../streams/declared';

/** The parameters that decide who may send to streams that do not say it themselves. */
export interface StageAccess {
  readonly authorization: string;
  /** As the parameters are: separated by commas. */
  readonly writeScopes: string;
  readonly identitySource: string;
}

/** One way to get in: schemes by name, with the scopes of each. */
type Requirement = Readonly<Record<string, readonly string[]>>;

interface Scheme {
  readonly type: 'apiKey';
  readonly name: string;
  readonly in: 'header' | 'query';
  readonly 'x-amazon-apigateway-authtype'?: string;
  readonly description?: string;
}

const DESCRIPTIONS = {
  COGNITO: 'A token of the user pool, alone or after `Bearer `',
  LAMBDA: 'What the authorizer looks at',
} as const;

const AUTHTYPES = { COGNITO: 'cognito_user_pools', LAMBDA: 'custom' } as const;

const listOf = (text: string) => (text === '' ? [] : text.split(','));

/** How a sender of a stream is let in. */
export const authorizationOf = ({ authorization }: DeclaredStream, stage: StageAccess): string =>
  authorization === 'stage' ? stage.authorization : authorization;

/** The schemes that a sender needs all of; none for streams that everybody may send to. */
function schemesOf(stream: DeclaredStream, stage: StageAccess): [string, Scheme][] {
  const mode = authorizationOf(stream, stage);
  if (mode === 'AWS_IAM') return [['sigv4', SECURITY_SCHEMES.sigv4]];
  if (mode === 'API_KEY') return [['apiKey', SECURITY_SCHEMES.apiKey]];
  if (!hasAuthorizer(mode)) return [];
  const kind = mode as keyof typeof AUTHTYPES;
  const sources = stream.authorizer?.identitySource ?? listOf(stage.identitySource);
  const scheme = (where: Scheme['in'], name: string): [string, Scheme] => [
    `${kind.toLowerCase()}-${where}-${name}`,
    {
      type: 'apiKey',
      name,
      in: where,
      'x-amazon-apigateway-authtype': AUTHTYPES[kind],
      description: DESCRIPTIONS[kind],
    },
  ];
  return [
    ...headersIn(sources).map((name) => scheme('header', name)),
    ...queryIn(sources).map((name) => scheme('query', name)),
  ];
}

/** An operation's `security`: empty where everybody may call. */
export function securityOf(stream: DeclaredStream, stage: StageAccess): Requirement[] {
  const schemes = schemesOf(stream, stage);
  const mode = authorizationOf(stream, stage);
  // A function may look at what no scheme can say.
  if (schemes.length === 0) return mode === 'LAMBDA' ? [{}] : [];
  const scopes =
    mode === 'COGNITO' ? (stream.scopes ?? listOf(stage.writeScopes)) : ([] as readonly string[]);
  // Any one of the scopes is enough.
  const ways = scopes.length > 0 ? scopes.map((scope) => [scope]) : [[]];
  return ways.map((way) => Object.fromEntries(schemes.map(([name]) => [name, way])));
}

/** All schemes of a document, by name. */
export const securitySchemes = (
  declared: readonly DeclaredStream[],
  stage: StageAccess,
): Readonly<Record<string, Scheme>> => ({
  ...SECURITY_SCHEMES,
  ...Object.fromEntries(declared.flatMap((stream) => schemesOf(stream, stage))),
});

/** Why API Gateway refuses a sender whom an authorizer decides on, beside what all endpoints have. */
const REFUSALS = [
  {
    status: 401,
    code: 'UNAUTHORIZED',
    when: 'the token is missing or malformed, has expired, is of another user pool, or lacks the scope',
    of: ['COGNITO', 'LAMBDA'],
  },
  {
    status: 403,
    code: 'ACCESS_DENIED',
    when: 'the authorizer does not allow this request',
    of: ['LAMBDA'],
  },
  {
    status: 500,
    code: 'AUTHORIZER_CONFIGURATION_ERROR',
    when: 'the authorizer failed, or API Gateway may not call it',
    of: ['LAMBDA'],
  },
] as const;

/** The refusals that a stream's authorizer makes. */
export const authorizerRefusals = (stream: DeclaredStream, stage: StageAccess) => {
  const mode = authorizationOf(stream, stage);
  return REFUSALS.filter(({ of }) => of.some((each) => each === mode));
};
