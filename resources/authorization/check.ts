import { StackError } from '../errors';
import { nearMatch } from '../parameters/near-match';
import type { DeclaredStream } from '../streams/declared';
import { type Asked, allAsked } from './asked';
import { HEADER_SOURCE } from './forms';
import { accountOf, isArn, regionOf } from './function-reference';

type Values = Readonly<Record<string, unknown>>;

/** Further facts that a check of a stage's doors needs. */
export interface Surroundings {
  readonly stage: string;
  readonly region: string;
  /** The streams as the stage has them. */
  readonly declared: readonly DeclaredStream[];
  /** The keys of the functions of serverless.ts. */
  readonly functions: readonly string[];
}

const MORE = 'More: docs/authorization.md';

/** Possible mistakes of one authorizer: the first that holds is told, after its door. */
const MISTAKES: readonly ((
  asked: Asked,
  surroundings: Surroundings & { readonly accountId: string },
) => string | false | undefined)[] = [
  ({ mode, pools, isGiven }) =>
    mode === 'COGNITO' &&
    pools.length === 0 &&
    !isGiven &&
    "is COGNITO, and no user pool is named: give its ARN in 'userPoolArns'.",
  ({ mode, pools }) => {
    const wrong = pools.find((arn) => isArn(arn) && !arn.includes(`/${regionOf(arn)}_`));
    return (
      mode === 'COGNITO' &&
      wrong !== undefined &&
      `names the user pool ${wrong}, whose id begins with another region than its ARN has: copy the ARN from the pool.`
    );
  },
  ({ mode, named, isGiven }) =>
    mode === 'LAMBDA' &&
    named === '' &&
    !isGiven &&
    "is LAMBDA, and no function is named: give its ARN, or its key in this serverless.ts, in 'authorizerFunction'.",
  ({ mode, named, isGiven }, { functions }) =>
    mode === 'LAMBDA' &&
    !isGiven &&
    !isArn(named) &&
    !functions.includes(named) &&
    `asks the function '${named}', which serverless.ts does not have.${hintOf(named, functions)}`,
  ({ mode, named, role, isGiven }, { region }) =>
    mode === 'LAMBDA' &&
    !isGiven &&
    isArn(named) &&
    role === '' &&
    regionOf(named) !== region &&
    `asks a function of region ${regionOf(named)}, where this stack cannot allow API Gateway to call it: give a role in 'authorizerRoleArn', or 'none' if the function's owner has allowed it.`,
  ({ mode, named, role, isGiven }, { accountId }) =>
    mode === 'LAMBDA' &&
    !isGiven &&
    isArn(named) &&
    role === '' &&
    accountId !== '' &&
    accountOf(named) !== accountId &&
    `asks a function of account ${accountOf(named)}, where this stack cannot allow API Gateway to call it: give a role in 'authorizerRoleArn', or 'none' if the function's owner has allowed it.`,
  ({ mode, kind, sources, isGiven }) =>
    !isGiven &&
    kind === 'TOKEN' &&
    (sources.length !== 1 || !HEADER_SOURCE.test(sources[0] ?? '')) &&
    `finds its token in '${sources.join(',')}' (identitySource). ${mode === 'COGNITO' ? 'COGNITO' : 'A TOKEN authorizer'} takes one header: method.request.header.Name.`,
  ({ kind, sources, ttl, isGiven }) =>
    !isGiven &&
    kind === 'REQUEST' &&
    sources.length === 0 &&
    ttl > 0 &&
    'has no identitySource, and API Gateway could not tell one caller from another whose answer it keeps: name a source, or set authorizerTtlSeconds to 0.',
  ({ kind, validation, isGiven }) =>
    !isGiven &&
    kind === 'REQUEST' &&
    validation !== '' &&
    'has an identityValidation, which API Gateway ignores for a REQUEST authorizer: leave it out, and let the function look.',
];

function hintOf(named: string, functions: readonly string[]): string {
  const meant = nearMatch(named, functions);
  if (meant !== undefined) return ` Did you mean '${meant}'?`;
  return functions.length === 0 ? ' It has none.' : ` It has: ${functions.join(', ')}.`;
}

/** Parameters that say something only where a door is made of them, and the mode that they are of. */
const OF_A_MODE = {
  userPoolArns: 'COGNITO',
  identityValidation: 'COGNITO or LAMBDA',
  authorizerFunction: 'LAMBDA',
  authorizerRoleArn: 'LAMBDA',
} as const;

/** Rules about a stage's own parameters: the first that is broken is told. */
const RULES: readonly ((
  values: Values,
  asked: readonly Asked[],
  surroundings: Surroundings,
) => string | false | undefined)[] = [
  ({ authorizerId, restApiId }) =>
    Boolean(authorizerId && !restApiId) &&
    "Parameter 'authorizerId' names an authorizer of the owner of 'restApiId': give that too, or leave it out.",
  (_, asked) => {
    const modes = new Set(asked.filter(({ isGiven }) => isGiven).map(({ mode }) => mode));
    return (
      modes.size > 1 &&
      "Parameter 'authorizerId' names one authorizer, and COGNITO and LAMBDA each ask one: use the same for authorization and readAuthorization."
    );
  },
  (values, asked) => {
    if (!values.authorizerId) return undefined;
    const made = ['userPoolArns', 'authorizerFunction', 'authorizerRoleArn', 'identityValidation'];
    const needed = new Set(
      asked.filter(({ isGiven }) => !isGiven).flatMap(({ parameters }) => [...parameters]),
    );
    const given = made.find((name) => values[name] && !needed.has(name));
    return (
      given &&
      `The authorizer that 'authorizerId' names is made already: leave out '${given}', or 'authorizerId'.`
    );
  },
  (values, asked, { stage }) => {
    // The row 'default' is for stage local too, which is open.
    if (stage === 'local') return undefined;
    const needed = new Set(asked.flatMap(({ parameters }) => [...parameters]));
    const found = Object.entries(OF_A_MODE).find(([name]) => values[name] && !needed.has(name));
    if (found !== undefined) return idle(found[0], found[1]);
    return values.authorizerId && asked.every(({ isGiven }) => !isGiven)
      ? idle('authorizerId', 'COGNITO or LAMBDA')
      : undefined;
  },
  ({ writeScopes, authorization }, _asked, { stage, declared }) =>
    Boolean(stage !== 'local' && writeScopes) &&
    authorization !== 'COGNITO' &&
    !declared.some((stream) => stream.authorization === 'COGNITO' && stream.scopes === undefined) &&
    `Parameter 'writeScopes' would not be looked at: scopes are of COGNITO, and authorization is ${authorization}.`,
  ({ readScopes, readAuthorization }, _asked, { stage }) =>
    Boolean(stage !== 'local' && readScopes) &&
    readAuthorization !== 'COGNITO' &&
    `Parameter 'readScopes' would not be looked at: scopes are of COGNITO, and readAuthorization is ${readAuthorization}.`,
];

const idle = (name: string, mode: string) =>
  `Parameter '${name}' is of ${mode}, which neither the stage nor a stream has: set authorization or readAuthorization, or leave it out.`;

/**
 * Checks who may call, of a stage and of its streams, before anything is packaged.
 * @param values all of a stage's resolved values by name
 * @throws StackError that names the door and what it lacks, has too much or cannot have
 */
export function checkAuthorization(values: Values, surroundings: Surroundings): void {
  const asked = allAsked(values, surroundings.declared);
  const accountId = String(values.accountId ?? '');
  for (const each of asked) {
    for (const mistake of MISTAKES) {
      const told = mistake(each, { ...surroundings, accountId });
      if (told) throw new StackError(`${subject(each.door)} ${told} ${MORE}`);
    }
  }
  for (const rule of RULES) {
    const told = rule(values, asked, surroundings);
    if (told) throw new StackError(`${told} ${MORE}`);
  }
}

const subject = (door: string) => (door.includes(':') ? door : `Parameter '${door}'`);
