import { accessProbes } from './access-probes';
import { authorizerProbes } from './authorizer-probes';
import { canaryProbes } from './canary-probes';
import { cloudFormationProbes } from './cloudformation-probes';
import { controlProbes } from './control-probes';
import { existingProbes } from './existing-probes';
import type { GatewayProbe } from './gateway';
import { iamProbes } from './iam-probes';
import { importProbes } from './import-probes';
import { integrationProbes } from './integration-probes';
import { kinesisProbes } from './kinesis-probes';
import { outcomeProbes } from './outcome-probes';
import type { Probe } from './probe';
import { quotaProbes } from './quota-probes';
import { readingProbes } from './reading-probes';
import { refusalProbes } from './refusal-probes';
import { requestProbes } from './request-probes';
import { responseProbes } from './response-probes';
import { signatureProbes } from './signature-probes';
import { stackResourceProbes } from './stack-resource-probes';
import { streamSettingsProbes } from './stream-settings-probes';
import { templateProbes } from './template-probes';

/** Those that have a route in the probes' API. */
export const gatewayProbes: readonly GatewayProbe[] = [
  ...requestProbes,
  ...templateProbes,
  ...responseProbes,
];

/** All questions to AWS, in the order in which they are asked. */
export const probes: readonly Probe[] = [
  ...gatewayProbes,
  ...accessProbes,
  ...signatureProbes,
  // Changes the API, which no deployment shows.
  ...controlProbes,
  ...refusalProbes,
  ...authorizerProbes,
  ...importProbes,
  ...integrationProbes,
  ...quotaProbes,
  ...canaryProbes,
  ...iamProbes,
  ...cloudFormationProbes,
  ...existingProbes,
  ...outcomeProbes,
  ...stackResourceProbes,
  ...kinesisProbes,
  ...streamSettingsProbes,
  ...readingProbes,
];
