import type { kafkaRoute } from '../../../resources/kafka-route';
import type { Action } from '../../../resources/routes';
import type { Check } from '../check';
import type { Checks } from '../run-checks';
import { closedChecks } from './closed';
import { contentChecks } from './content';
import { corsChecks } from './cors';
import { goneChecks, readOnlyChecks } from './gone';
import { contentTypeChecks, hostileChecks } from './hostile';
import { kafkaChecks } from './kafka';
import { nearMembers } from './near-members';
import { optionChecks } from './options';
import { otherStreams } from './other-streams';
import { partialBatch } from './partial';
import { refusalChecks } from './refusals';
import { createStreamDefaults } from './renderings';
import { largeRecord, routeChecks } from './routes';
import { sentChecks } from './sent';
import { steady } from './steady';

const { CreateStream, DeleteStream, ...otherRoutes } = routeChecks;
const { DuplicateStream, BadIterator, MissingShard, UnknownRoute, ...badBodies } = refusalChecks;

/** The door, and then the stream at once: on AWS it takes half a minute to come. */
export const firstChecks = { ...closedChecks, CreateStream } as const;

/**
 * The checks that look at the API, in the order they run: the life of one stream. While it comes,
 * what reads, or names what is not there; while it goes, what would write, if it were not refused,
 * where it can do no harm. They are all that a canary needs, which has no checkout to compare with. A
 * route without a check of its name does not compile.
 */
export const apiChecks = {
  ...firstChecks,
  BadIterator,
  MissingShard,
  ...otherStreams,
  UnknownRoute,
  ...contentTypeChecks,
  ...sentChecks,
  ...corsChecks,
  ...kafkaChecks,
  ...otherRoutes,
  ...contentChecks,
  LargeRecord: largeRecord,
  ...optionChecks,
  ...nearMembers,
  PartialBatch: partialBatch,
  CreateStreamDefaults: createStreamDefaults,
  DuplicateStream,
  DeleteStream,
  ...badBodies,
  ...hostileChecks,
  ...goneChecks,
  Steady: steady,
} as const satisfies Record<Action | (typeof kafkaRoute)['name'], Check> & Record<string, Check>;

/**
 * The checks of a canary, which runs again and again beside the stage's clients: all but those that
 * fill a shard, whose refusals would set off the alarm on throttled writes.
 */
const {
  LargeRecord: _,
  PartialBatch: __,
  FullBatch: ___,
  FullKinesisBatch: ____,
  ...others
} = apiChecks;
export const canaryChecks: Checks = others;

/** Those of some checks that may run on a protected stage: nothing is written, created or deleted. */
export function onlyReading(checks: Checks): Checks {
  return {
    ...Object.fromEntries(Object.entries(checks).filter(([, { writes }]) => !writes)),
    ...readOnlyChecks,
  };
}
