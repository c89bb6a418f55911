import type { AWS } from 'serverless';
import type { StageRows } from './resources/parameters/stages';
import { kinesisRestProxy } from './resources/service';
import { streams } from './streams';

/** The API, with what your stages decide: `dev: { streams: 'orders-*' }`. docs/parameters.md has all. */
const api = kinesisRestProxy({ stages: {}, streams });

const service: AWS & { params: StageRows } = {
  service: 'kinesis-rest-proxy',
  frameworkVersion: '^4.3.1',
  configValidationMode: 'error',
  provider: {
    name: 'aws',
    // Of your functions; the canary's is bundled for it too.
    runtime: 'nodejs24.x',
    // The laptop unless a stage is named: nothing reaches an account by omission.
    stage: "${opt:stage, 'local'}",
    region: "${opt:region, 'us-east-1'}" as 'us-east-1',
  },
  params: api.params,
  custom: { ...api.custom },
  functions: { ...api.functions },
  package: { individually: true },
  plugins: ['./hooks/config-schema.ts', './hooks/service-state.ts', ...api.plugins],
  resources: api.resources,
};

export default service;
