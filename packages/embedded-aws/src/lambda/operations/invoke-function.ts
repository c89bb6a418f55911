import { operationFor } from '../../core/protocol/operation';
import { RawAnswer } from '../../core/protocol/rest';
import { unknownOperation } from '../errors';
import { invoke } from '../invoke';
import type { LambdaStore } from '../store';
import { FUNCTIONS, functionArn, onVersion } from './members';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invokeFunction = operationFor<LambdaStore>()({
  route: `POST ${FUNCTIONS}/{FunctionName}/invocations`,
  input: onVersion,
  action: 'InvokeFunction',
  resource: (input, { store }) => functionArn(input, store.functions),
  async run({ FunctionName, Qualifier }, { store: { functions, runtime, run }, request }) {
    if (runtime === undefined) throw unknownOperation(request);
    const lambda = functions.get(FunctionName);
    const version = functions.version(FunctionName, Qualifier);
    return new RawAnswer(await invoke({ lambda, version, request, runtime, run }));
  },
});
