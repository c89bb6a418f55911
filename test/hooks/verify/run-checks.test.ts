import type { Check, CheckContext, CheckName } from '../../../hooks/verify/check';
import { Interrupted } from '../../../hooks/verify/interruption';
import { type Result, runChecks } from '../../../hooks/verify/run-checks';

const context = { signal: new AbortController().signal } as CheckContext;

function checksOf(failing: CheckName[], ran: string[] = []): Record<CheckName, Check> {
  const requires: Record<CheckName, CheckName[]> = {
    CreateStream: [],
    ListStreams: ['CreateStream'],
    DescribeStream: ['CreateStream'],
    PutRecord: ['CreateStream'],
    PutRecords: ['CreateStream'],
    ListShards: ['CreateStream'],
    GetShardIterator: ['CreateStream'],
    GetRecords: ['GetShardIterator'],
    ReadBack: ['PutRecord', 'PutRecords'],
    DeleteStream: ['CreateStream'],
  };
  return Object.fromEntries(
    Object.entries(requires).map(([name, required]) => [
      name,
      {
        title: name,
        requires: required,
        run: async () => {
          ran.push(name);
          if (failing.includes(name as CheckName)) throw new Error(`${name} is broken`);
        },
      },
    ]),
  ) as unknown as Record<CheckName, Check>;
}

const statuses = (results: Result[]) =>
  Object.fromEntries(results.map(({ name, outcome }) => [name, outcome.status]));

test('every check runs, in order, and is told at once', async () => {
  const ran: string[] = [];
  const told: string[] = [];

  const results = await runChecks(checksOf([], ran), context, ({ name }) => told.push(name));

  expect(ran).toEqual([
    'CreateStream',
    'ListStreams',
    'DescribeStream',
    'PutRecord',
    'PutRecords',
    'ListShards',
    'GetShardIterator',
    'GetRecords',
    'ReadBack',
    'DeleteStream',
  ]);
  expect(told).toEqual(ran);
  expect(results.every(({ outcome }) => outcome.status === 'passed')).toBe(true);
});

test('what depends on a failed check is skipped with the reason; the rest goes on', async () => {
  const results = await runChecks(checksOf(['PutRecord']), context, () => {});

  expect(statuses(results)).toEqual({
    CreateStream: 'passed',
    ListStreams: 'passed',
    DescribeStream: 'passed',
    PutRecord: 'failed',
    PutRecords: 'passed',
    ListShards: 'passed',
    GetShardIterator: 'passed',
    GetRecords: 'passed',
    ReadBack: 'skipped',
    DeleteStream: 'passed',
  });
  expect(results.find(({ name }) => name === 'ReadBack')?.outcome).toEqual({
    status: 'skipped',
    because: ['PutRecord'],
  });
});

test('a run that is out of time says so of every check that is left', async () => {
  const ran: string[] = [];
  const signal = AbortSignal.abort(new Error('out of time'));

  const results = await runChecks(checksOf([], ran), { ...context, signal }, () => {});

  expect(ran).toEqual([]);
  expect(statuses(results).CreateStream).toBe('failed');
});

test('an interrupted run starts no further check and calls none failed', async () => {
  const ran: string[] = [];
  const signal = AbortSignal.abort(new Interrupted('SIGINT'));

  const results = await runChecks(checksOf([], ran), { ...context, signal }, () => {});

  expect(ran).toEqual([]);
  expect(results).toEqual([]);
});
