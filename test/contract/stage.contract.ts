import type { Api } from './api';
import { stageApi } from './stage';
import { contract } from './suite';

// The contract against a stage that is deployed already:
//
//   CONTRACT_INVOKE_URL=https://….execute-api.us-east-1.amazonaws.com/dev npm run test:contract
//
// The stage must let streams named contract-* be made. Those that were made are deleted, also when
// the run is interrupted (see interruption.ts).

let api: Api;

beforeAll(async () => {
  api = await stageApi(process.env);
});

contract({ pauseMs: 1_000, run: process.env.CONTRACT_RUN, api: () => api });
