import type { Pace } from './check';

/** On AWS: a new deployment spreads within seconds, a stream takes half a minute to come or go. */
export const AWS_PACE: Pace = {
  runMs: 300_000,
  retryMs: 150_000,
  requestMs: 35_000,
  streamMs: 120_000,
  encryptionMs: 5_000,
  readMs: 250,
  jsonSpacing: 'exact',
};

/**
 * On the embedded AWS nothing takes time to spread: what fails for a second fails for good. How long
 * streams come and go, and how much shards take, its user says.
 */
export const EMBEDDED_PACE: Pace = {
  ...AWS_PACE,
  retryMs: 5_000,
  busyMs: 30_000,
  encryptionMs: 0,
  readMs: 0,
};

/** On an emulator of the user's own. */
export const EMULATOR_PACE: Pace = { ...AWS_PACE, retryMs: 10_000, jsonSpacing: 'any' };

/** Of an API that others made: it was not deployed a moment ago, and may answer 500 for good. */
export const DOOR_PACE: Pace = { ...AWS_PACE, retryMs: 20_000 };
