import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
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
  updateTags,
} from './kit';

const UPDATES = 200;
const METHODS = 6;

/** Of each stack, in turns; so few that the history of one stays short. */
const ROUNDS = 10;

/** Two stacks: a slow moment, and code that is not yet compiled, must hit both alike. */
const STACKS = { few: 'short-history', many: 'long-history' } as const;

/** The cost of another deployment of a stack whose history is long. */
export async function byEvents(site: Site): Promise<Found> {
  const { pace } = site;
  const count = pace.quick ? 10 : UPDATES;
  for (const stack of Object.values(STACKS)) await createStack(site, stack, { methods: METHODS });
  for (let update = 1; update <= count; update += 1) {
    if (update % 20 === 0) pace.progress(`${update} updates of a stack`);
    await updateTags(site, STACKS.many, update);
  }
  const updateMs: Times = { few: [], many: [] };
  const eventsMs: Times = { few: [], many: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const name of ['few', 'many'] as const) {
      const StackName = STACKS[name];
      const events = new DescribeStackEventsCommand({ StackName });
      updateMs[name].push(await timed(() => updateTags(site, StackName, count + round)));
      eventsMs[name].push(await timed(() => site.cloudFormation.send(events)));
    }
  }
  const called = await compareCalls(
    site,
    await callOf(site, STACKS.few, METHODS),
    await callOf(site, STACKS.many, METHODS),
  );
  return {
    table: {
      header: ['', 'a stack that is new', `one that was updated ${count} times`, 'grew to'],
      rows: [
        timeRow('an update of its tags', updateMs.few, updateMs.many),
        timeRow('DescribeStackEvents, its first page', eventsMs.few, eventsMs.many),
        callRow('call of a method', called),
      ],
    },
    figures: {
      'growth.events.deploy': median(updateMs.many) / median(updateMs.few),
      'growth.events.call': ratio(called),
    },
  };
}

/** In milliseconds. */
type Times = Record<keyof typeof STACKS, number[]>;
