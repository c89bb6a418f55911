import { DescribeStacksCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { median } from 'dev-kit/bench/statistics';
import {
  callOf,
  callRow,
  compareCalls,
  createStack,
  type Found,
  ratio,
  type Site,
  timed,
  timeRow,
} from './kit';

const STACKS = 100;
const METHODS = 6;

/** The cost of another stack beside those that there are. */
export async function byStacks(site: Site): Promise<Found> {
  const { pace, cloudFormation } = site;
  const count = pace.quick ? 10 : STACKS;
  const deployMs: number[] = [];
  const describeMs: number[] = [];
  const listMs: number[] = [];
  for (let stack = 1; stack <= count; stack += 1) {
    pace.progress(`${stack} stacks`);
    const StackName = `stack-${stack}`;
    deployMs.push(await createStack(site, StackName, { methods: METHODS }));
    describeMs.push(
      await timed(() => cloudFormation.send(new DescribeStacksCommand({ StackName }))),
    );
    listMs.push(await timed(() => cloudFormation.send(new ListStacksCommand({}))));
  }
  const called = await compareCalls(
    site,
    await callOf(site, 'stack-1', METHODS),
    await callOf(site, `stack-${count}`, METHODS),
  );
  const row = (label: string, all: readonly number[]) =>
    timeRow(label, all.slice(0, 5), all.slice(-5));
  return {
    table: {
      header: ['', 'the first 5 stacks', `the last 5 of ${count}`, 'grew to'],
      rows: [
        row('deploy, 6 methods each', deployMs),
        row('DescribeStacks of one', describeMs),
        row('ListStacks, its first page', listMs),
        callRow('call of a method', called),
      ],
    },
    figures: {
      'growth.stacks.deploy': median(deployMs.slice(-5)) / median(deployMs.slice(0, 5)),
      'growth.stacks.call': ratio(called),
    },
  };
}
