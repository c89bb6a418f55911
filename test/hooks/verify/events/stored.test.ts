import {
  DescribeStreamSummaryCommand,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import type { Check } from '../../../../hooks/verify/check';
import { eventChecks } from '../../../../hooks/verify/events';
import { failure } from '../../../../hooks/verify/report';
import type { Checks } from '../../../../hooks/verify/run-checks';
import type { Report } from '../../../../hooks/verify/verify';
import type { Streams } from '../../../../resources/streams/declaration';
import { deployStage, type Stage } from '../../../faults/stage';
import { verifyStage } from '../../../faults/verify-fault';
import { callsOf, changeRecords, type Records } from '../../../support/kinesis-calls';

const ORDERS = {
  orders: { testRecords: true, senders: ['json', 'json-array'], shards: 2 },
} as const satisfies Streams;

/** Its events bear no mark and have one key: those of all sendings are the same. */
const READINGS = {
  readings: {
    testRecords: true,
    senders: ['json'],
    schema: 'schemas/reading.json',
    key: 'fixed:all',
  },
} as const satisfies Streams;

/** The checks of these names, in this order. */
const chosen = ({ target }: Stage, ...names: string[]): Checks => {
  const all = Object.entries(eventChecks(target.streams));
  return Object.fromEntries(all.filter(([name]) => names.includes(name.replace('events/', ''))));
};

/** Does something before one of the checks. */
const before = (checks: Checks, name: string, act: () => Promise<unknown>): Checks => {
  const check = checks[name] as Check;
  const run: Check['run'] = async (context) => {
    await act();
    return check.run(context);
  };
  return { ...checks, [name]: { ...check, run } };
};

const streamOf = ({ target }: Stage) => target.streams[0]?.streamName ?? '';

async function untilActive(stage: Stage): Promise<void> {
  const asked = new DescribeStreamSummaryCommand({ StreamName: streamOf(stage) });
  const { StreamDescriptionSummary: summary } = await stage.kinesis.send(asked);
  if (summary?.StreamStatus !== 'ACTIVE') await untilActive(stage);
}

/** What a report says of each check: its status, or why it failed. */
const said = ({ results, target }: Report) =>
  Object.fromEntries(
    results.map(({ name, outcome }) => [
      name.replace('events/', ''),
      outcome.status === 'failed' ? failure(outcome, target).join('\n') : outcome.status,
    ]),
  );

test('a run opens a stream once, and reads each shard once for each check', async () => {
  const stage = await deployStage({ streams: ORDERS });
  const calls = callsOf(stage.kinesis);

  const report = await verifyStage(stage, { checks: eventChecks(stage.target.streams) });

  expect(Object.values(said(report)).filter((text) => !/^(passed|skipped)$/.test(text))).toEqual(
    [],
  );
  expect(calls).toMatchObject({
    ListShardsCommand: 1,
    GetShardIteratorCommand: 2,
    // Stored, Hostile, batch/Stored, batch/Full
    GetRecordsCommand: 4 * 2,
  });
});

test('a shard that is split between checks is read on in its children', async () => {
  const stage = await deployStage({ streams: { orders: { ...ORDERS.orders, shards: 1 } } });
  const calls = callsOf(stage.kinesis);
  const StreamName = streamOf(stage);
  const split = new SplitShardCommand({
    StreamName,
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: String(2n ** 127n),
  });
  const checks = before(
    chosen(stage, 'orders/Stored', 'orders/Hostile', 'orders/batch/Full'),
    'events/orders/Hostile',
    async () => {
      await stage.kinesis.send(split);
      await untilActive(stage);
    },
  );

  const report = await verifyStage(stage, { checks });

  expect(said(report)).toEqual({
    'orders/Stored': 'passed',
    'orders/Hostile': 'passed',
    'orders/batch/Full': 'passed',
  });
  expect(calls).toMatchObject({ ListShardsCommand: 1, GetShardIteratorCommand: 1 + 2 });
});

test('a check after one that failed begins anew', async () => {
  const stage = await deployStage({ streams: ORDERS });
  const calls = callsOf(stage.kinesis);
  const checks = chosen(stage, 'orders/Stored', 'orders/Hostile');

  const report = await verifyStage(stage, {
    checks,
    async transport(request) {
      const isSecond = /verify-[\w-]+-1"/.test(await request.clone().text());
      const answer = await stage.transport(request);
      return isSecond ? new Response('{}', { status: 400, headers: answer.headers }) : answer;
    },
  });

  expect(said(report)).toEqual({
    'orders/Stored': expect.stringContaining('400'),
    'orders/Hostile': 'passed',
  });
  expect(calls.ListShardsCommand).toBe(2);
});

test('two runs at the same time keep to their own records', async () => {
  const stage = await deployStage({ streams: ORDERS });
  const checks = eventChecks(stage.target.streams);

  const reports = await Promise.all([1, 2].map(() => verifyStage(stage, { checks })));

  for (const report of reports) {
    expect(report.results.filter(({ outcome }) => outcome.status === 'failed')).toEqual([]);
  }
});

describe('of several events the one is named that is', () => {
  test.each([
    ['lost', () => [], /holds nothing new where ".*verify-[\w-]+-1\\"/],
    [
      'twice there',
      (record: Records[number]) => [record, record],
      /2 records of ".*verify-[\w-]+-1\\".* once/,
    ],
  ])('%s', async (_, change, message) => {
    const stage = await deployStage({ streams: ORDERS });
    changeRecords(stage.kinesis, (records) =>
      records.flatMap((record) =>
        /verify-[\w-]+-1"/.test(Buffer.from(record.Data ?? []).toString())
          ? change(record)
          : record,
      ),
    );

    const report = await verifyStage(stage, { checks: chosen(stage, 'orders/Stored') });

    expect(said(report)['orders/Stored']).toMatch(message);
  });
});

describe('events that are all the same', () => {
  test.each([
    ['are counted', (records: Records) => records, /^passed$/],
    [
      'are too few',
      (records: Records) => records.slice(1),
      /holds \d of ".*", which was sent \d times/,
    ],
    [
      'are too many',
      (records: Records) => [...records, ...records.slice(0, 1)],
      /holds \d records of ".*", which was sent \d times/,
    ],
  ])('%s', async (_, change, message) => {
    const stage = await deployStage({ streams: READINGS });
    changeRecords(stage.kinesis, change);
    const checks = chosen(stage, 'readings/Stored');

    expect(said(await verifyStage(stage, { checks }))['readings/Stored']).toMatch(message);
  });

  test('are not taken for those of others before', async () => {
    const stage = await deployStage({ streams: READINGS });
    const Data = Buffer.from(`${JSON.stringify({ celsius: 21.5 }, null, 1)}\r\n `);
    const put = new PutRecordCommand({ StreamName: streamOf(stage), Data, PartitionKey: 'all' });
    const checks = before(
      chosen(stage, 'readings/Stored', 'readings/Hostile'),
      'events/readings/Hostile',
      () => stage.kinesis.send(put),
    );

    expect(said(await verifyStage(stage, { checks }))).toEqual({
      'readings/Stored': 'passed',
      'readings/Hostile': 'passed',
    });
  });
});
