import { queryService } from '../core/protocol/query';
import type { AwsService } from '../core/service';
import { constraintError } from '../core/validation';
import type { Iam } from '../iam';
import { OPERATIONS } from './operations';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS: who the caller is, and becoming a role. Its state is IAM's. */
export function createSts(iam: Iam): AwsService {
  return queryService(
    {
      signingName: 'sts',
      operations: OPERATIONS,
      store: () => iam,
      invalidInput: (violations) => constraintError('ValidationError', violations),
      // GetCallerIdentity needs no permission; AssumeRole asks the caller's policies and the role's.
      authorize: () => {},
    },
    NAMESPACE,
  );
}
