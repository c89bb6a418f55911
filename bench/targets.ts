import { megabytes, ms, number, times } from 'dev-kit/bench/report/table';

/** A bound that a figure must meet. */
export interface Target {
  readonly what: string;
  /** The name of a figure of an outcome. */
  readonly figure: string;
  readonly bound: 'at least' | 'at most';
  readonly value: number;
  readonly show: (value: number) => string;
  /** The same by CPU time of the server instead of by the wall clock, where both are measured. */
  readonly byCpu?: string;
}

const seconds = (value: number) => `${number(value)} s`;

/**
 * How much a cost that must not grow may seem to: medians of the same thing differ by that much
 * from run to run on a busy machine.
 */
const NOISE = 1.25;

export const TARGETS: readonly Target[] = [
  atMost(
    'PutRecord: CPU of the engine, of ferrokinesis',
    'engine.putRecord.cpuOf.ferrokinesis',
    1,
    times,
  ),
  ofBareNode('PutRecord: the engine, of bare Node', 'engine', 0.75),
  ofBareNode('PutRecord: through the API, of bare Node', 'gateway', 0.4),
  {
    what: 'PutRecords of 500: through the API, of the engine',
    figure: 'gateway.putRecords500.ratio',
    byCpu: 'gateway.putRecords500.cpuRatio',
    bound: 'at least',
    value: 0.6,
    show: times,
  },
  atMost(
    "ListStreams' first page with 1,000 streams, of one stream",
    'growth.streams.ListStreams',
    2,
    times,
  ),
  atMost('`npm start` until ready, of `serverless package`', 'commands.startOverPackage', 2, times),
  atMost('Verification of all endpoints beyond its stream', 'verification.beyondMs', 300, ms),
  atMost('`npm test`', 'tests.seconds', 180, seconds),
  atMost('A change of one file until its tests have answered', 'change.seconds', 10, seconds),
  atMost('The embedded AWS installed alone: packages', 'install.packages', 15, number),
  atMost('The embedded AWS installed alone: size', 'install.megabytes', 10, megabytes),
  over('PutRecord: the engine over kinesalite', 'putRecord', 'kinesalite', 4),
  over('PutRecords of 100: over kinesalite', 'putRecords100', 'kinesalite', 10),
  over('PutRecords of 500: over kinesalite', 'putRecords500', 'kinesalite', 10),
  over('PutRecord: the engine over kinesis-local', 'putRecord', 'kinesisLocal', 40),
  over('PutRecords of 100: over kinesis-local', 'putRecords100', 'kinesisLocal', 100),
  over('PutRecords of 500: over kinesis-local', 'putRecords500', 'kinesisLocal', 100),
  atMost('CPU per call with a million stored, of that with 1,000', 'engine.growth', NOISE, times),
  atMost('Growth: CPU of a call beside many, of that beside few', 'growth.call', NOISE, times),
  atMost('Growth: deploying one more beside many, of few', 'growth.deploy', NOISE, times),
  {
    what: 'Templates of 500 records: over velocityjs, in CPU time',
    figure: 'templates.over.500',
    bound: 'at least',
    value: 5,
    show: times,
  },
  atMost('Template CPU per record, of that with fewer records', 'templates.growth', NOISE, times),
  atMost('The embedded AWS listens after', 'start.listeningMs', 300, ms),
  atMost('Resident when idle', 'start.idleMB', 120, megabytes),
];

function ofBareNode(what: string, who: 'engine' | 'gateway', value: number): Target {
  return {
    what,
    figure: `gateway.putRecord.${who}.ofBare`,
    byCpu: `gateway.putRecord.${who}.cpuOfBare`,
    bound: 'at least',
    value,
    show: times,
  };
}

function over(what: string, key: string, peer: string, value: number): Target {
  return {
    what,
    figure: `engine.${key}.over.${peer}`,
    byCpu: `engine.${key}.cpuOver.${peer}`,
    bound: 'at least',
    value,
    show: times,
  };
}

function atMost(
  what: string,
  figure: string,
  value: number,
  show: (value: number) => string,
): Target {
  return { what, figure, bound: 'at most', value, show };
}

/** True if a figure meets its target; undefined if it was not measured. */
export function isMet({ bound, value }: Target, measured: number | undefined): boolean | undefined {
  if (measured === undefined || !Number.isFinite(measured)) return undefined;
  return bound === 'at least' ? measured >= value : measured <= value;
}
