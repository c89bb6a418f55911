import { operationFor } from '../../core/protocol/operation';
import type { LambdaStore } from '../store';
import { configurationAnswer } from './answers';
import { FUNCTIONS, functionArn, onVersion } from './members';

const operation = operationFor<LambdaStore>();

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export const functionOperations = {
  ListFunctions: operation({
    route: `GET ${FUNCTIONS}`,
    input: {},
    run: (_input, { store: { functions } }) => ({
      Functions: functions.all().map((stored) => configurationAnswer(stored)),
    }),
  }),
  GetFunction: operation({
    route: `GET ${FUNCTIONS}/{FunctionName}`,
    input: onVersion,
    resource: (input, { store }) => functionArn(input, store.functions),
    run({ FunctionName, Qualifier }, { store: { functions } }) {
      const stored = functions.get(FunctionName);
      const version = functions.version(FunctionName, Qualifier);
      return {
        Configuration: configurationAnswer(stored, version),
        Code: { RepositoryType: 'S3' },
        Tags: stored.tags.size > 0 ? Object.fromEntries(stored.tags) : undefined,
      };
    },
  }),
  GetFunctionConfiguration: operation({
    route: `GET ${FUNCTIONS}/{FunctionName}/configuration`,
    input: onVersion,
    resource: (input, { store }) => functionArn(input, store.functions),
    run: ({ FunctionName, Qualifier }, { store: { functions } }) =>
      configurationAnswer(functions.get(FunctionName), functions.version(FunctionName, Qualifier)),
  }),
};
