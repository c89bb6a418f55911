import type { Measurement } from 'dev-kit/bench/measurement';
import { startEmbeddedAws } from '../servers/embedded-aws';
import { byApis } from './growth/apis';
import { byEvents } from './growth/events';
import { byKeys } from './growth/keys';
import { closeSite, type Found, openSite } from './growth/kit';
import { byStacks } from './growth/stacks';
import { byStreams } from './growth/streams';

/** Costs in relation to what there is already. */
export const growth: Measurement = {
  name: 'growth',
  title: 'Growth',
  how: 'On the embedded AWS, with stacks made for it: what a deployment and a call cost as an API, an account or a history grows. Deploying is CreateStack (or UpdateStack) until it is complete. Calls are to be flat, and deployments linear: no more for each part.',
  mostSeconds: 78,
  async run(pace) {
    const aws = await startEmbeddedAws(pace);
    try {
      const site = await openSite(pace, aws);
      const parts = [
        ...byApis(site),
        () => byStacks(site),
        () => byEvents(site),
        () => byKeys(site),
        () => byStreams(site),
      ];
      const found: Found[] = [];
      for (const part of parts) found.push(await part());
      closeSite(site);
      const figures = Object.assign({}, ...found.map((one) => one.figures));
      return {
        tables: found.map(({ table }) => table),
        figures: {
          ...figures,
          'growth.call': most(figures, /\.(call|PutRecord|DescribeStreamSummary)$/),
          'growth.deploy': most(figures, /\.(deploy|deployPerPart)$/),
        },
      };
    } finally {
      await aws.stop();
    }
  },
};

/** The largest of the figures with such a name. */
const most = (figures: Readonly<Record<string, number>>, name: RegExp): number =>
  Math.max(...Object.entries(figures).flatMap(([key, value]) => (name.test(key) ? [value] : [])));
