import { times } from 'dev-kit/bench/report/table';
import { median } from 'dev-kit/bench/statistics';
import type { ApiForm } from './api-template';
import {
  callOf,
  callRow,
  compareCalls,
  createStack,
  deleteStack,
  type Found,
  ratio,
  type Site,
  timeRow,
} from './kit';

interface Growth {
  readonly name: string;
  readonly what: string;
  readonly few: number;
  readonly many: number;
  readonly formOf: (count: number) => ApiForm;
  /** Which method of which stage is called. */
  readonly calledOf: (count: number) => { readonly method: number; readonly stage: number };
}

/** Dimensions of one API, up to where AWS's quotas end or a template does. */
const GROWTHS: readonly Growth[] = [
  {
    name: 'methods',
    what: 'methods',
    few: 10,
    many: 300,
    formOf: (methods) => ({ methods }),
    calledOf: (method) => ({ method, stage: 1 }),
  },
  {
    name: 'resources',
    what: 'resources, with 30 methods',
    few: 10,
    many: 290,
    formOf: (resources) => ({ methods: 30, resources }),
    calledOf: () => ({ method: 30, stage: 1 }),
  },
  {
    name: 'stages',
    what: 'stages, with 10 methods',
    few: 1,
    many: 10,
    formOf: (stages) => ({ methods: 10, stages }),
    calledOf: (stage) => ({ method: 10, stage }),
  },
];

/** The cost of deploying and of calling an API as it grows. */
export const byApis = (site: Site): (() => Promise<Found>)[] =>
  GROWTHS.map((growth) => () => grow(site, growth));

async function grow(site: Site, growth: Growth): Promise<Found> {
  const { pace } = site;
  const { name, what, few, many, formOf, calledOf } = growth;
  const deployMs = { few: [] as number[], many: [] as number[] };
  const counts = { few, many };
  for (let round = 0; round <= pace.rounds; round += 1) {
    for (const size of ['few', 'many'] as const) {
      pace.progress(`${counts[size]} ${what}`);
      const stack = `${name}-${size}-${round}`;
      const took = await createStack(site, stack, formOf(counts[size]));
      if (round > 0) deployMs[size].push(took);
      if (round < pace.rounds) await deleteStack(site, stack);
    }
  }
  const call = async (size: 'few' | 'many') => {
    const { method, stage } = calledOf(counts[size]);
    return callOf(site, `${name}-${size}-${pace.rounds}`, method, { stage });
  };
  const called = await compareCalls(site, await call('few'), await call('many'));
  const perPart = median(deployMs.many) / many / (median(deployMs.few) / few);
  return {
    table: {
      header: ['', `${few} ${what}`, `${many}`, 'grew to'],
      rows: [
        timeRow('deploy', deployMs.few, deployMs.many),
        ['deploy, for each of them', '', '', times(perPart)],
        callRow('call of the last one', called),
      ],
    },
    figures: {
      [`growth.${name}.deployPerPart`]: perPart,
      [`growth.${name}.call`]: ratio(called),
    },
  };
}
