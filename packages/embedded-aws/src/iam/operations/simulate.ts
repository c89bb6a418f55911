import type { Scope } from '../../core/caller';
import { AwsError } from '../../core/errors';
import { listMember, type QueryInput, requiredText, textMember } from '../../core/protocol/query';
import type { IamAccount } from '../account';
import type { ContextValues } from '../condition-context';
import { evaluate } from '../evaluate';
import { noSuchEntity, validationError } from '../iam-errors';
import { compilePolicy } from '../policy-document';
import { sessionCaller, userCaller } from '../sessions';
import type { IamAction } from './index';
import { page } from './shapes';

/** Parameters that would change the answer and that nothing here reads. */
const REFUSED = [
  'CallerArn',
  'PermissionsBoundaryPolicyInputList',
  'ResourceHandlingOption',
  'ResourceOwner',
  'ResourcePolicy',
] as const;

const PROBE = 'simulation';

export const simulationActions: Readonly<Record<string, IamAction>> = {
  SimulatePrincipalPolicy: {
    resource: (_account, input) => requiredText(input, 'PolicySourceArn'),
    run(account, input, { caller }) {
      refuse(input, 'SimulatePrincipalPolicy');
      const actions = texts(input, 'ActionNames');
      if (actions.length === 0) throw validationError('ActionNames must not be empty.');
      const given = texts(input, 'ResourceArns');
      const resources = given.length > 0 ? given : ['*'];
      const decide = simulator(account, input, caller);
      const results = actions.flatMap((action) =>
        resources.map((resource) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: decide(action, resource),
          MatchedStatements: [],
          MissingContextValues: [],
        })),
      );
      const { items, marks } = page(input, results);
      return { EvaluationResults: items, ...marks };
    },
  },
};

function simulator(account: IamAccount, input: QueryInput, scope: Scope) {
  const arn = requiredText(input, 'PolicySourceArn');
  const identity = [...account.roles.values(), ...account.users.values()].find(
    (candidate) => candidate.arn === arn,
  );
  if (identity === undefined) {
    throw noSuchEntity(`The entity with arn ${arn} cannot be found.`);
  }
  const extra = texts(input, 'PolicyInputList').flatMap(
    (document) => compilePolicy(document, 'identity').statements,
  );
  const values = contextEntries(input);
  const principal =
    identity.kind === 'role'
      ? sessionCaller(account, identity, PROBE, scope, PROBE, values)
      : userCaller(account, identity, scope, PROBE, values);
  const statements = [...account.statements(identity), ...extra];
  return (action: string, resource: string) =>
    evaluate(statements, { action, resource, context: principal.contextFor(resource) });
}

function contextEntries(input: QueryInput): ContextValues {
  return Object.fromEntries(
    listMember(input, 'ContextEntries').map((entry) => {
      const members = typeof entry === 'string' ? {} : entry;
      return [textMember(members, 'ContextKeyName') ?? '', texts(members, 'ContextKeyValues')];
    }),
  );
}

function texts(input: QueryInput, name: string): string[] {
  return listMember(input, name).filter((item) => typeof item === 'string');
}

function refuse(input: QueryInput, action: string): void {
  const refused = REFUSED.find((name) => input[name] !== undefined);
  if (refused === undefined) return;
  throw new AwsError(
    'NotImplemented',
    `The embedded AWS does not implement the parameter ${refused} of iam:${action}.`,
    { status: 501 },
  );
}
