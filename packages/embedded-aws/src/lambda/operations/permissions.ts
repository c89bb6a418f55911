import { operationFor } from '../../core/protocol/operation';
import { notFound } from '../errors';
import type { LambdaStore } from '../store';
import { FUNCTIONS, functionArn, onVersion } from './members';

export const permissionOperations = {
  GetPolicy: operationFor<LambdaStore>()({
    route: `GET ${FUNCTIONS}/{FunctionName}/policy`,
    input: onVersion,
    resource: (input, { store }) => functionArn(input, store.functions),
    run({ FunctionName, Qualifier }, { store: { functions } }) {
      const { arn, permissions, revisionId } = functions.get(FunctionName);
      const qualifier = Qualifier ?? functions.parse(FunctionName).qualifier;
      const Resource = qualifier === undefined ? arn : `${arn}:${qualifier}`;
      // A version has a policy of its own.
      const Statement = [...permissions.values()].filter(
        (statement) => 'Resource' in statement && statement.Resource === Resource,
      );
      if (Statement.length === 0) throw notFound('The resource you requested does not exist.');
      const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
      return { Policy, RevisionId: revisionId };
    },
  }),
};
