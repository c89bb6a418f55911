import { operationFor } from '../../core/protocol/operation';
import { notFound } from '../errors';
import type { LambdaStore } from '../store';
import { FUNCTIONS, functionArn, onFunction } from './members';

export const permissionOperations = {
  GetPolicy: operationFor<LambdaStore>()({
    route: `GET ${FUNCTIONS}/{FunctionName}/policy`,
    input: onFunction,
    resource: (input, { store }) => functionArn(input, store.functions),
    run({ FunctionName }, { store: { functions } }) {
      const { permissions, revisionId } = functions.get(FunctionName);
      if (permissions.size === 0) throw notFound('The resource you requested does not exist.');
      const Statement = [...permissions.values()];
      const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
      return { Policy, RevisionId: revisionId };
    },
  }),
};
