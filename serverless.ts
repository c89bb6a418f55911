import 'tsx/cjs'; // lets the framework load the plugins below, which are TypeScript
import type { AWS } from 'serverless';
import { stack } from './resources';
import { parameterNames, stageParameters } from './resources/parameters';

const service: AWS = {
  service: 'kinesis-rest-proxy',
  frameworkVersion: '^4.3.1',
  configValidationMode: 'error',
  provider: {
    name: 'aws',
    // The laptop unless a stage is named: nothing reaches an account by omission.
    stage: "${opt:stage, 'local'}",
    region: "${opt:region, 'us-east-1'}" as 'us-east-1',
  },
  params: stageParameters,
  custom: {
    /** The stage's parameters with all variables filled in, for the hooks to check. */
    parameters: Object.fromEntries(parameterNames.map((name) => [name, `\${param:${name}}`])),
  },
  plugins: [
    './hooks/parameters.ts',
    './hooks/local.ts',
    './hooks/conditions.ts',
    './hooks/deployment.ts',
    './hooks/logging-role.ts',
    './hooks/verify.ts',
  ],
  resources: stack as unknown as AWS['resources'],
};

export default service;
