import { ofRecords } from './scenarios/records';
import { ofResharding } from './scenarios/resharding';
import type { Scenario } from './scenarios/scenario';
import { ofSettings } from './scenarios/settings';
import { ofStreams } from './scenarios/streams';

/** Scenarios to run against both engines. Each has streams of its own. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...ofStreams,
  ...ofRecords,
  ...ofResharding,
  ...ofSettings,
};
