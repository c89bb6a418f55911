import {
  DescribeStackEventsCommand,
  UpdateStackCommand,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
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

const UPDATES = 200;
const STACK = 'events';
const METHODS = 6;

/** The cost of another deployment of a stack whose history is long. */
export async function byEvents(site: Site): Promise<Found> {
  const { pace, cloudFormation: client } = site;
  const count = pace.quick ? 10 : UPDATES;
  await createStack(site, STACK, { methods: METHODS });
  const call = await callOf(site, STACK, METHODS);
  const before = await compareCalls(site, call, call);
  const updateMs: number[] = [];
  const eventsMs: number[] = [];
  for (let update = 1; update <= count; update += 1) {
    if (update % 20 === 0) pace.progress(`${update} updates of a stack`);
    updateMs.push(
      await timed(async () => {
        await client.send(
          new UpdateStackCommand({
            StackName: STACK,
            UsePreviousTemplate: true,
            Tags: [{ Key: 'update', Value: String(update) }],
          }),
        );
        await waitUntilStackUpdateComplete(
          { client, minDelay: 0.005, maxDelay: 0.005, maxWaitTime: 60 },
          { StackName: STACK },
        );
      }),
    );
    eventsMs.push(
      await timed(() => client.send(new DescribeStackEventsCommand({ StackName: STACK }))),
    );
  }
  const after = await compareCalls(site, call, call);
  const called = { few: before.many, many: after.many };
  const row = (label: string, all: readonly number[]) =>
    timeRow(label, all.slice(0, 5), all.slice(-5));
  return {
    table: {
      header: ['', 'the first 5 updates of a stack', `the last 5 of ${count}`, 'grew to'],
      rows: [
        row('an update of its tags', updateMs),
        row('DescribeStackEvents, its first page', eventsMs),
        callRow('call of a method', called),
      ],
    },
    figures: {
      'growth.events.deploy': median(updateMs.slice(-5)) / median(updateMs.slice(0, 5)),
      'growth.events.call': ratio(called),
    },
  };
}
