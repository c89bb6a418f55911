import type { Scope } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { AwsRequest } from '../../core/http';
import type { QueryAction, QueryInput } from '../../core/protocol/query';
import type { XmlValue } from '../../core/xml';
import { withCode } from '../access-denied';
import type { IamAccount } from '../account';
import { attachmentActions } from './attachments';
import { inlinePolicyActions } from './inline-policies';
import { managedPolicyActions } from './managed-policies';
import { roleActions } from './roles';
import { simulationActions } from './simulate';
import { userActions } from './users';

/** One action of IAM on the account that the request is made in. */
export interface IamAction {
  /** The ARN that the caller's policies are asked about. */
  resource(account: IamAccount, input: QueryInput): string;
  run(account: IamAccount, input: QueryInput, request: AwsRequest): XmlValue;
}

const ACTIONS: Readonly<Record<string, IamAction>> = {
  ...roleActions,
  ...userActions,
  ...inlinePolicyActions,
  ...attachmentActions,
  ...managedPolicyActions,
  ...simulationActions,
};

/** IAM's query API. Every action asks the caller's own policies first. */
export function iamActions(
  accountOf: (scope: Scope) => IamAccount,
): Readonly<Record<string, QueryAction>> {
  return Object.fromEntries(
    Object.entries(ACTIONS).map(([name, action]) => [
      name,
      (input: QueryInput, request: AwsRequest) => {
        const account = accountOf(request.caller);
        try {
          request.caller.authorize(`iam:${name}`, action.resource(account, input));
        } catch (error) {
          throw withCode(error, 'AccessDenied', 403);
        }
        if (input.PermissionsBoundary !== undefined) {
          throw new AwsError(
            'NotImplemented',
            `The embedded AWS does not implement the parameter PermissionsBoundary of iam:${name}.`,
            { status: 501 },
          );
        }
        return action.run(account, input, request);
      },
    ]),
  );
}
