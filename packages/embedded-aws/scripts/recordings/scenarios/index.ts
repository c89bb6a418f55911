import type { Account } from '../ours';
import { apiGatewayScenario } from './api-gateway';
import { cloudFormationScenario } from './cloudformation';
import { kinesisScenario } from './kinesis';
import type { Scenario } from './scenario';
import {
  cloudWatchScenario,
  iamScenario,
  logsScenario,
  s3Scenario,
  stackScenario,
  stsScenario,
} from './services';

const SCENARIOS: readonly Scenario[] = [
  kinesisScenario,
  apiGatewayScenario,
  cloudFormationScenario,
  iamScenario,
  stsScenario,
  logsScenario,
  cloudWatchScenario,
  s3Scenario,
  stackScenario,
];

/** Plays all scenarios on one account, one after another. */
export async function playScenarios(aws: Account): Promise<void> {
  for (const scenario of SCENARIOS) await scenario(aws);
}
