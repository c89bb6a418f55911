import { caseBlindMatcher, type Matcher, tokenMatcher, wildcardMatcher } from '../core/wildcard';
import type { ConditionContext } from './condition-context';
import { type Condition, compileConditions } from './conditions';
import { malformedPolicy } from './errors';
import { compileVariables } from './policy-variables';
import { compilePrincipal, namedIdentities, type PrincipalMatcher } from './principals';

/** The kind of a policy determines the elements that it may have. */
const POLICY_KINDS = ['identity', 'managed', 'trust', 'resource'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** A compiled statement. */
export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | undefined;
  readonly matchesAction: Matcher;
  readonly matchesResource: (resource: string, context: ConditionContext) => boolean;
  /** Undefined in identity policies, whose principal is the identity. */
  readonly matchPrincipal: PrincipalMatcher | undefined;
  readonly condition: Condition;
  /** True if it allows everybody, without a condition. */
  readonly isPublic: boolean;
}

/** A policy document, as given and compiled. */
export interface CompiledPolicy {
  /** The document's JSON. */
  readonly document: string;
  readonly statements: readonly CompiledStatement[];
  /** The users and roles that it names by ARN. */
  readonly trustedIdentities: readonly string[];
}

const TOP_ELEMENTS = new Set(['Version', 'Id', 'Statement']);
const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
const CURRENT_VERSION = '2012-10-17';
const VERSIONS = new Set(['2008-10-17', CURRENT_VERSION]);

const TRUST_ACTIONS = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
];

type Members = Readonly<Record<string, unknown>>;

const syntaxError = () => malformedPolicy('Syntax errors in policy.');

/**
 * Parses, checks and compiles a policy.
 * @param source JSON text, or the object itself
 * @throws AwsError MalformedPolicyDocument in AWS's wording; also for elements that the embedded
 *   AWS cannot evaluate (NotPrincipal), which it rejects rather than ignores
 */
export function compilePolicy(source: unknown, kind: PolicyKind): CompiledPolicy {
  const policy = membersOf(typeof source === 'string' ? parse(source, kind) : source);
  for (const name of Object.keys(policy)) if (!TOP_ELEMENTS.has(name)) throw syntaxError();
  const version = policy.Version ?? '2008-10-17';
  if (typeof version !== 'string' || !VERSIONS.has(version)) throw syntaxError();
  if (policy.Id !== undefined && typeof policy.Id !== 'string') throw syntaxError();
  if (kind === 'managed' && version !== CURRENT_VERSION) {
    throw malformedPolicy(`Policy document must be version ${CURRENT_VERSION} or greater.`);
  }
  const written = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  if (written.length === 0) throw syntaxError();
  const members = written.map(membersOf);
  const statements = members.map((statement) =>
    compileStatement(statement, kind, version === CURRENT_VERSION),
  );
  requireUniqueSids(statements);
  return {
    document: typeof source === 'string' ? source : JSON.stringify(source),
    statements,
    trustedIdentities: members.flatMap(({ Principal }) => namedIdentities(Principal)),
  };
}

/** Roles have a text of their own for what is no JSON (L, 11-02-2026). */
function parse(text: string, kind: PolicyKind): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const error =
      kind === 'trust' ? malformedPolicy('This policy contains invalid Json') : syntaxError();
    throw Object.assign(error, { cause });
  }
}

function membersOf(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw syntaxError();
  return value as Members;
}

function compileStatement(
  statement: Members,
  kind: PolicyKind,
  hasVariables: boolean,
): CompiledStatement {
  for (const name of Object.keys(statement)) if (!STATEMENT_ELEMENTS.has(name)) throw syntaxError();
  const { Effect, Sid } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw syntaxError();
  if (Sid !== undefined && typeof Sid !== 'string') throw syntaxError();
  return {
    effect: Effect,
    sid: Sid || undefined,
    matchesAction: compileActions(statement, kind),
    matchesResource: compileResources(statement, kind, hasVariables),
    matchPrincipal: compilePrincipals(statement, kind),
    condition: compileConditions(statement.Condition ?? {}, hasVariables),
    isPublic: Effect === 'Allow' && isAnybody(statement.Principal) && !statement.Condition,
  };
}

/** The texts of an element, and whether it is the `Not` form; undefined if absent. */
function choice(
  statement: Members,
  name: string,
): { readonly texts: readonly string[]; readonly isNot: boolean } | undefined {
  const plain = textList(statement[name]);
  const negated = textList(statement[`Not${name}`]);
  if (plain !== undefined && negated !== undefined) throw syntaxError();
  const texts = plain ?? negated;
  if (texts === undefined || texts.length === 0) return undefined;
  return { texts, isNot: plain === undefined };
}

function textList(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const values = Array.isArray(value) ? value : [value];
  if (values.some((item) => typeof item !== 'string')) throw syntaxError();
  return values as string[];
}

function compileActions(statement: Members, kind: PolicyKind): Matcher {
  const actions = choice(statement, 'Action');
  if (actions === undefined) throw malformedPolicy('Policy statement must contain actions.');
  for (const action of actions.texts) checkAction(action, kind);
  const matchers = actions.texts.map(caseBlindMatcher);
  const matchesAny: Matcher = (action) => matchers.some((matches) => matches(action));
  return actions.isNot ? (action) => !matchesAny(action) : matchesAny;
}

function checkAction(action: string, kind: PolicyKind): void {
  const [vendor = '', ...rest] = action.split(':');
  if (action !== '*') {
    if (rest.length === 0) {
      throw malformedPolicy(
        'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      );
    }
    if (rest.length > 1) throw malformedPolicy('Actions/Condition can contain only one colon.');
    if (/[^a-zA-Z0-9.-]/.test(vendor)) throw malformedPolicy(`Vendor ${vendor} is not valid`);
  }
  if (kind !== 'trust') return;
  const matches = caseBlindMatcher(action);
  if (!TRUST_ACTIONS.some((name) => matches(name)) || vendor === '*') {
    throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
  }
}

function compileResources(
  statement: Members,
  kind: PolicyKind,
  hasVariables: boolean,
): CompiledStatement['matchesResource'] {
  if (kind === 'trust') {
    if (statement.Resource !== undefined || statement.NotResource !== undefined) {
      throw malformedPolicy('Has prohibited field Resource');
    }
    return () => true;
  }
  const resources = choice(statement, 'Resource');
  if (resources === undefined) throw malformedPolicy('Policy statement must contain resources.');
  for (const resource of resources.texts) checkResource(resource);
  const matchers = resources.texts.map((text) => compileResource(text, hasVariables));
  const { isNot } = resources;
  return (resource, context) => matchers.some((matches) => matches(resource, context)) !== isNot;
}

function compileResource(
  text: string,
  hasVariables: boolean,
): CompiledStatement['matchesResource'] {
  const variables = hasVariables && text.includes('${') ? compileVariables(text) : undefined;
  if (variables === undefined) return wildcardMatcher(text);
  return (resource, context) => {
    const tokens = variables.expand(context);
    return tokens !== undefined && tokenMatcher(tokens)(resource);
  };
}

function checkResource(resource: string): void {
  if (resource === '*') return;
  const [arn, partition = '', ...rest] = resource.split(':');
  if (arn !== 'arn' && !(arn === '*' && partition !== '')) {
    throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
  }
  if (!/^(aws(-[a-z]+)*|\*|.*\$\{.*)$/.test(partition)) {
    const full = [...rest.slice(0, 3), rest.slice(3).join(':')];
    const shown = Array.from({ length: 4 }, (_, index) => full[index] || '*').join(':');
    throw malformedPolicy(
      `Partition "${partition}" is not valid for resource "arn:${partition}:${shown}".`,
    );
  }
  if (rest.length === 0) {
    throw malformedPolicy('Resource vendor must be fully qualified and cannot contain regexes.');
  }
  if (rest.length < 4 && !resource.includes('*')) {
    throw malformedPolicy('The policy failed legacy parsing');
  }
}

function compilePrincipals(statement: Members, kind: PolicyKind): PrincipalMatcher | undefined {
  const { Principal, NotPrincipal } = statement;
  if (kind === 'identity' || kind === 'managed') {
    if (Principal === undefined && NotPrincipal === undefined) return undefined;
    throw malformedPolicy('Policy document should not specify a principal.');
  }
  if (NotPrincipal !== undefined) {
    throw malformedPolicy('The embedded AWS does not evaluate the policy element NotPrincipal.');
  }
  if (Principal === undefined) throw malformedPolicy('Missing required field Principal');
  return compilePrincipal(Principal);
}

function isAnybody(principal: unknown): boolean {
  if (principal === '*') return true;
  const names = (Object(principal) as Members).AWS;
  return names === '*' || (Array.isArray(names) && names.includes('*'));
}

function requireUniqueSids(statements: readonly CompiledStatement[]): void {
  const sids = statements.map(({ sid }) => sid).filter((sid) => sid !== undefined);
  if (new Set(sids).size !== sids.length) {
    throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  }
}
