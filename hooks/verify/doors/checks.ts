import { randomBytes } from 'node:crypto';
import { endpointOf } from '../../../resources/endpoints';
import type { Check } from '../check';
import { contentChecks } from '../checks/content';
import { inOrder } from '../checks/define';
import { doorRefusals } from '../checks/door-refusals';
import { doorStreamChecks } from '../checks/door-stream';
import { doorWritingChecks, sameAlone } from '../checks/door-writing';
import { endpointChecks, largeRecord } from '../checks/endpoints';
import { goneChecks, readOnlyChecks } from '../checks/gone';
import { hostileChecks } from '../checks/hostile';
import { kindChecks } from '../checks/kinds';
import { leftOpenChecks } from '../checks/left-open';
import { optionChecks } from '../checks/options';
import { partialBatch } from '../checks/partial';
import { refusalChecks } from '../checks/refusals';
import { steady } from '../checks/steady';
import type { Checks } from '../run-checks';
import type { DescribedDoor } from './described';

const { BadIterator, MissingShard, UnknownRoute, DuplicateStream } = refusalChecks;
const { ListStreams, DescribeStream, ListShards, GetShardIterator, GetRecords } = endpointChecks;
const { KinesisJson, KinesisJsonBatch, Binary, ReadThrough, KeyToShard, Order, Reread } =
  contentChecks;
const { FullBatch } = contentChecks;
const { IteratorTypes, ...options } = optionChecks;

/**
 * The checks of a door that others made: this service's own, but for what only it has (its
 * deployment's id, its envelope, its messages, its stack), and with a record of each kind for
 * itself, so that all that is wrong is told.
 */
export function checksOf(door: DescribedDoor): Checks {
  const { CreateStream, DeleteStream } = doorStreamChecks;
  const all: Checks = inOrder(
    { CreateStream, BadIterator, MissingShard, UnknownRoute },
    { ListStreams, DescribeStream, ListShards },
    // Reading comes before other records are written.
    doorWritingChecks,
    { GetShardIterator, GetRecords, ReadThrough, Reread: onOneShard(Reread), IteratorTypes },
    { KeyToShard, Order },
    sameAlone,
    leftOpenChecks(door),
    kindChecks('PutRecord'),
    kindChecks('PutRecords'),
    { KinesisJson, KinesisJsonBatch, Binary, FullBatch, LargeRecord: largeRecord },
    options,
    { PartialBatch: partialBatch },
    doorRefusals,
    { DuplicateStream },
    hostileChecks,
    { DeleteStream },
    goneChecks,
    { Steady: steady },
  );
  return named(all, door);
}

/** A door's role may reach the streams that its routes name and no others. */
const UnknownStream: Check = {
  ...readOnlyChecks.UnknownStream,
  skipReason: ({ parameters: { streams } }) =>
    streams.includes('*') ? undefined : 'only one stream allowed',
};

/** Those of them that create, fill and delete nothing. */
export function readingChecksOf(door: DescribedDoor): Checks {
  const reading = Object.entries(checksOf(door)).filter(([, { writes }]) => !writes);
  return { ...Object.fromEntries(reading), ...named({ ...readOnlyChecks, UnknownStream }, door) };
}

/** Checks whose records must not be looked for among those of others. */
const READING = ['GetRecords', 'ReadThrough', 'Reread', 'IteratorTypes'];

/** The checks for a stream that is there already, stays, and has records of others. */
export function withNamedStream(checks: Checks): Checks {
  const kept = Object.entries(checks).map(([name, check]): [string, Check] => {
    if (check.requires.includes('gone')) return [name, onMissingStream(check)];
    if (check.provides.includes('gone')) {
      return [name, { ...check, skipReason: () => '--stream names a stream that stays' }];
    }
    if (!READING.includes(name)) return [name, check];
    return [name, { ...check, skipReason: () => 'the stream may have records of others' }];
  });
  return Object.fromEntries(kept);
}

/** A check of a stream that is gone, with the name of one that never was. */
function onMissingStream(check: Check): Check {
  const unique = randomBytes(8).toString('hex');
  return {
    ...check,
    requires: [],
    run: (context) =>
      check.run({ ...context, stream: `${context.stream.slice(0, 111)}-${unique}` }),
  };
}

/** Titles name the door's routes, and what it has no route for is skipped. */
function named(checks: Checks, door: DescribedDoor): Checks {
  const renamed = Object.entries(checks).map(([name, check]): [string, Check] => {
    const { endpoint, title } = check;
    if (endpoint === undefined) return [name, check];
    const { method, path } = endpointOf(endpoint);
    const route = door.route(endpoint);
    const own = route === undefined ? endpoint : `${route.method} ${route.path}`;
    const renamed = { ...check, title: title.replace(`${method} ${path}`, own) };
    if (route !== undefined) return [name, renamed];
    return [name, { ...renamed, skipReason: () => `not described: ${endpoint}` }];
  });
  return Object.fromEntries(renamed);
}

/** A record goes to the shard of its key, which only of one shard is known to be the one that is read. */
function onOneShard(check: Check): Check {
  return {
    ...check,
    async run(context) {
      if (context.findings.shards?.length === 1) return check.run(context);
      context.note('not asked: the stream has several shards');
      return {};
    },
  };
}
