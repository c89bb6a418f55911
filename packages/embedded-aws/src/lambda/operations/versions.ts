import { operationFor } from '../../core/protocol/operation';
import { notFound } from '../errors';
import type { LambdaStore } from '../store';
import { configurationAnswer } from './answers';
import { FUNCTIONS, functionArn, onFunction, onVersion } from './members';

const operation = operationFor<LambdaStore>();

export const versionOperations = {
  ListVersionsByFunction: operation({
    route: `GET ${FUNCTIONS}/{FunctionName}/versions`,
    input: onFunction,
    resource: (input, { store }) => functionArn(input, store.functions),
    run({ FunctionName }, { store: { functions } }) {
      const stored = functions.get(FunctionName);
      const versions = stored.versions.map((version) => configurationAnswer(stored, version));
      return { Versions: [configurationAnswer(stored), ...versions] };
    },
  }),
  GetFunctionEventInvokeConfig: operation({
    route: 'GET /2019-09-25/functions/{FunctionName}/event-invoke-config',
    input: onVersion,
    resource: (input, { store }) => functionArn(input, store.functions),
    run({ FunctionName, Qualifier }, { store: { functions } }) {
      const stored = functions.get(FunctionName);
      const qualifier = functions.qualifier(FunctionName, Qualifier);
      const arn = `${stored.arn}:${qualifier}`;
      const config = stored.eventInvokeConfigs.get(qualifier);
      if (config === undefined) {
        throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
      }
      const { lastModified, ...settings } = config;
      return {
        ...settings,
        FunctionArn: arn,
        DestinationConfig: { OnSuccess: {}, OnFailure: {} },
        LastModified: lastModified.getTime() / 1000,
      };
    },
  }),
};
