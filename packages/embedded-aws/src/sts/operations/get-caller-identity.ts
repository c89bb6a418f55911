import { operationFor } from '../../core/protocol/operation';
import { type Iam, isIdentityCaller } from '../../iam';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity = operationFor<Iam>()({
  input: {},
  run: (_input, { caller }) => ({
    Arn: caller.arn,
    UserId: isIdentityCaller(caller) ? caller.userId : caller.accountId,
    Account: caller.accountId,
  }),
});
