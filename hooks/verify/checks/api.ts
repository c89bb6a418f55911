import { quietAccessChecks, refusedChecks, waysIn } from '../access/checks';
import type { EventChecks } from '../events';
import type { Checks } from '../run-checks';
import { closedChecks } from './closed';
import { contentChecks } from './content';
import { corsChecks } from './cors';
import { inOrder } from './define';
import { encryptionChecks } from './encryption';
import { endpointChecks, largeRecord } from './endpoints';
import { goneChecks, readOnlyChecks } from './gone';
import { contentTypeChecks, hostileChecks } from './hostile';
import { kafkaChecks } from './kafka';
import { nearMembers } from './near-members';
import { optionChecks } from './options';
import { coveredStreams, otherStreams } from './other-streams';
import { partialBatch } from './partial';
import { refusalChecks } from './refusals';
import { createStreamDefaults } from './renderings';
import { sentChecks } from './sent';
import { steady } from './steady';
import { streamLifeChecks } from './stream-life';

const { CreateStream, DeleteStream } = streamLifeChecks;
const { OwnStream, Encrypted, EachKey } = encryptionChecks;
const { DuplicateStream, BadIterator, MissingShard, UnknownRoute, ...badBodies } = refusalChecks;

/** The door, and then the stream at once: on AWS it takes half a minute to come. */
export const firstChecks = inOrder(closedChecks, waysIn, { CreateStream });

/** All that come after those, in the order in which they run. */
export const laterChecks = inOrder(
  refusedChecks,
  // While the stream comes: what reads, or names what does not exist.
  { BadIterator, MissingShard },
  coveredStreams,
  otherStreams,
  { OwnStream, UnknownRoute },
  contentTypeChecks,
  sentChecks,
  corsChecks,
  kafkaChecks,
  // While the stream exists.
  endpointChecks,
  contentChecks,
  { Encrypted, LargeRecord: largeRecord },
  optionChecks,
  nearMembers,
  {
    PartialBatch: partialBatch,
    CreateStreamDefaults: createStreamDefaults,
    DuplicateStream,
    EachKey,
    DeleteStream,
  },
  // While it goes: what would write, if it were not refused, where it can do no harm.
  badBodies,
  hostileChecks,
  // After the stream is deleted.
  goneChecks,
  { Steady: steady },
);

/**
 * The checks that look at the API: all that a canary needs, which has no checkout to compare with.
 */
export const apiChecks = inOrder(firstChecks, laterChecks);

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
export const canaryChecks: Checks = Object.fromEntries(
  Object.entries(others).flatMap(([name, check]) => {
    if (!(name in refusedChecks)) return [[name, check]];
    const quiet = quietAccessChecks[name as keyof typeof refusedChecks];
    return quiet === undefined ? [] : [[name, quiet]];
  }),
);

/** Checks with those of the event endpoints, before the one that looks back at all requests. */
export function withEvents(checks: Checks, ofEvents: EventChecks): Checks {
  const { Steady, ...before } = checks;
  return { ...before, ...ofEvents, ...(Steady && { Steady }) };
}

/** The checks that may run on a protected stage: they write, create and delete nothing. */
export function onlyReading(checks: Checks): Checks {
  return {
    ...Object.fromEntries(Object.entries(checks).filter(([, { writes }]) => !writes)),
    ...readOnlyChecks,
  };
}
