import type { Scope } from '../../core/caller';
import { operationFor } from '../../core/protocol/operation';
import { list, required, structure, text } from '../../core/shapes/shape';
import type { IamAccount } from '../account';
import { boundaryStatements } from '../entities';
import { noSuchEntity } from '../errors';
import { evaluate } from '../evaluate';
import { verdict } from '../own-decision';
import { compilePolicy } from '../policy-document';
import { sessionCaller, userCaller } from '../sessions';
import { arn, paged } from './members';
import { page } from './page';

/** Session and access key of the simulated caller, which does not exist. */
const SIMULATION = 'simulation';

const texts = list(text);

interface SimulatedPrincipal {
  readonly PolicySourceArn: string;
  readonly PolicyInputList?: readonly string[];
  readonly ContextEntries?: readonly {
    readonly ContextKeyName?: string;
    readonly ContextKeyValues?: readonly string[];
  }[];
}

export const simulationOperations = {
  SimulatePrincipalPolicy: operationFor<IamAccount>()({
    input: {
      PolicySourceArn: required(arn),
      ActionNames: required(list(text, { min: 1 })),
      ResourceArns: texts,
      PolicyInputList: texts,
      ContextEntries: list(structure({ ContextKeyName: text, ContextKeyValues: texts })),
      ...paged,
    },
    unsupported: [
      'CallerArn',
      'PermissionsBoundaryPolicyInputList',
      'ResourceHandlingOption',
      'ResourceOwner',
      'ResourcePolicy',
    ],
    resource: ({ PolicySourceArn }) => PolicySourceArn,
    run(input, { store: account, caller }) {
      const { ResourceArns: given = [] } = input;
      const resources = given.length > 0 ? given : ['*'];
      const decide = simulator(account, input, caller);
      const results = input.ActionNames.flatMap((action) =>
        resources.map((resource) => {
          const own = decide(action, resource);
          return {
            EvalActionName: action,
            EvalResourceName: resource,
            EvalDecision: verdict(own).decision,
            MatchedStatements: [],
            MissingContextValues: [],
            PermissionsBoundaryDecisionDetail: own.isBounded && {
              AllowedByPermissionsBoundary: own.boundary === 'allowed',
            },
          };
        }),
      );
      const { items, marks } = page(results, input);
      return { EvaluationResults: items, ...marks };
    },
  }),
};

/** @throws AwsError NoSuchEntity */
function simulator(account: IamAccount, input: SimulatedPrincipal, scope: Scope) {
  const { PolicySourceArn: source, PolicyInputList: documents = [] } = input;
  const identity = [...account.roles.values(), ...account.users.values()].find(
    (candidate) => candidate.arn === source,
  );
  if (identity === undefined) {
    throw noSuchEntity(`The entity with arn ${source} cannot be found.`);
  }
  const extra = documents.flatMap((document) => compilePolicy(document, 'identity').statements);
  const values = Object.fromEntries(
    (input.ContextEntries ?? []).map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
      ContextKeyName,
      [...ContextKeyValues],
    ]),
  );
  const principal =
    identity.kind === 'role'
      ? sessionCaller(account, identity, SIMULATION, scope, SIMULATION, values)
      : userCaller(account, identity, scope, SIMULATION, values);
  const statements = [...account.statements(identity), ...extra];
  const limit = boundaryStatements(identity.permissionsBoundary);
  return (action: string, resource: string) => {
    const request = { action, resource, context: principal.contextFor(resource) };
    return {
      identity: evaluate(statements, request),
      boundary: limit === undefined ? ('allowed' as const) : evaluate(limit, request),
      isBounded: limit === undefined ? undefined : true,
    };
  };
}
