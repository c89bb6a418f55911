import { malformedPolicy } from './errors';

/** An identity of an account. */
export interface IdentityRequester {
  readonly kind: 'identity';
  readonly accountId: string;
  /** The user, the role's session, or the account's root. */
  readonly arn: string;
  /** The role behind a session. */
  readonly roleArn?: string;
}

/** The requester: a service of AWS, or an identity. */
export type Requester = { readonly kind: 'service'; readonly name: string } | IdentityRequester;

/**
 * How a Principal element names a requester: directly, by the role behind its session, or through
 * its account, in which case the requester's own policies must allow the action too.
 */
export type PrincipalMatch = 'direct' | 'role' | 'account' | undefined;

export type PrincipalMatcher = (requester: Requester) => PrincipalMatch;

const STRENGTHS = ['direct', 'role', 'account'] as const;

const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;
const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
const IDENTITY =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:user|role)|sts::\d{12}:(?:assumed-role|federated-user))\/.+$/;

/**
 * Compiles a Principal element: `"*"`, or lists by kind.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @throws AwsError MalformedPolicyDocument for a principal that cannot exist
 */
export function compilePrincipal(element: unknown): PrincipalMatcher {
  if (element === '*') return () => 'direct';
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  const matchers = Object.entries(element).flatMap(([kind, names]) =>
    (Array.isArray(names) ? names : [names]).map((name) => compileName(kind, name)),
  );
  if (matchers.length === 0) throw malformedPolicy('Syntax errors in policy.');
  return (requester) => {
    const matches = matchers.map((matcher) => matcher(requester));
    return STRENGTHS.find((strength) => matches.includes(strength));
  };
}

/** The identities that a Principal element names by ARN; they must exist. */
export function namedIdentities(element: unknown): string[] {
  if (typeof element !== 'object' || element === null) return [];
  const names = Object.entries(element).find(([kind]) => kind === 'AWS')?.[1];
  return (Array.isArray(names) ? names : [names]).filter(
    (name): name is string => typeof name === 'string' && IDENTITY.test(name),
  );
}

function compileName(kind: string, name: unknown): PrincipalMatcher {
  if (typeof name !== 'string') throw malformedPolicy('Syntax errors in policy.');
  const invalid = () =>
    malformedPolicy(`Invalid principal in policy: "${kind.toUpperCase()}":"${name}"`);
  switch (kind) {
    case 'Service':
      if (!SERVICE.test(name)) throw invalid();
      return (requester) =>
        requester.kind === 'service' && requester.name === name ? 'direct' : undefined;
    case 'AWS':
      return compileIdentity(name, invalid);
    case 'Federated':
    case 'CanonicalUser':
      // The embedded AWS has no federated sign-in and no canonical users.
      return () => undefined;
    default:
      throw malformedPolicy('Syntax errors in policy.');
  }
}

function compileIdentity(name: string, invalid: () => Error): PrincipalMatcher {
  if (name === '*') {
    return (requester) => (requester.kind === 'identity' ? 'direct' : undefined);
  }
  const accountId = ACCOUNT.exec(name)?.[1];
  if (accountId !== undefined) {
    return (requester) =>
      requester.kind === 'identity' && requester.accountId === accountId ? 'account' : undefined;
  }
  if (!IDENTITY.test(name)) throw invalid();
  return (requester) => {
    if (requester.kind !== 'identity') return undefined;
    if (requester.arn === name) return 'direct';
    return requester.roleArn === name ? 'role' : undefined;
  };
}
