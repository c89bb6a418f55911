import type { AWS } from 'serverless';
import { stack } from './resources';
import { bundling, CANARY_RUNTIME, canaryAlarm, canaryFunction } from './resources/canary';
import { canaryOf } from './resources/canary-rate';
import { readCommandLine } from './resources/command-line';
import { parameterNames } from './resources/parameters';
import { type StageRows, stages } from './resources/parameters/stages';

/** What your stages decide: `dev: { streams: 'orders-*' }`. README.md has the parameters. */
const params = stages({});
const canary = canaryOf(readCommandLine(process.argv), params);
const hasCanary = canary.rate !== '';

const service: AWS & { params: StageRows } = {
  service: 'kinesis-rest-proxy',
  frameworkVersion: '^4.3.1',
  configValidationMode: 'error',
  provider: {
    name: 'aws',
    // The laptop unless a stage is named: nothing reaches an account by omission.
    stage: "${opt:stage, 'local'}",
    region: "${opt:region, 'us-east-1'}" as 'us-east-1',
    ...(hasCanary && { runtime: CANARY_RUNTIME }),
  },
  params,
  custom: {
    /** The stage's parameters with all variables filled in, for the hooks to check. */
    parameters: Object.fromEntries(parameterNames.map((name) => [name, `\${param:${name}}`])),
    ...(hasCanary && { esbuild: bundling }),
  },
  ...(hasCanary && {
    functions: { canary: canaryFunction(canary) },
    package: { individually: true },
  }),
  plugins: [
    ...(hasCanary ? ['serverless-esbuild', './hooks/canary.ts'] : []),
    './hooks/errors.ts',
    './hooks/config-schema.ts',
    './hooks/service-state.ts',
    './hooks/parameters.ts',
    './hooks/local.ts',
    './hooks/conditions.ts',
    './hooks/deployment.ts',
    './hooks/logging-role.ts',
    './hooks/existing-api.ts',
    './hooks/taking-away.ts',
    './hooks/verify.ts',
    './hooks/sweep.ts',
    './hooks/viewer.ts',
    './hooks/records.ts',
  ],
  resources: {
    ...stack,
    Resources: { ...stack.Resources, ...(hasCanary && canaryAlarm(canary.rate)) },
  } as unknown as AWS['resources'],
};

export default service;
