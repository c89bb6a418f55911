import { PRICES } from '../scaling/sources';

interface Item {
  readonly what: string;
  /** At most, with repeats and a run that is resumed. */
  readonly amount: number;
  readonly unit: string;
  /** Dollars for one of them. */
  readonly price: number;
}

const MILLION = 1_000_000;

/** The most that a whole run uses. Prices are us-east-1's; none is more than twice as high elsewhere. */
const ITEMS: readonly Item[] = [
  {
    what: 'streams of one shard to five',
    amount: 80,
    unit: 'shard hours',
    price: PRICES.shardHour.value,
  },
  {
    what: 'requests to the API',
    amount: 40_000,
    unit: 'requests',
    price: PRICES.apiFirst.value / MILLION,
  },
  {
    what: 'records',
    amount: 200_000,
    unit: 'payload units',
    price: PRICES.putUnit.value / MILLION,
  },
  { what: 'logs', amount: 0.1, unit: 'GB', price: PRICES.logs.value },
];

/** Small costs by the hour, month or GB, of resources that exist for an hour at most. */
const SMALL_CHANGE = 0.5;

/** The most that a run costs, in dollars: rounded up, and doubled for dearer regions. */
export function mostDollars(): number {
  const sum = ITEMS.reduce((before, { amount, price }) => before + amount * price, SMALL_CHANGE);
  return Math.ceil(sum * 2 * 2) / 2;
}

/** The items, a line each. */
export const costLines = (): string[] => [
  ...ITEMS.map(
    ({ what, amount, unit, price }) =>
      `${what}: at most ${amount.toLocaleString('en-US')} ${unit}, $${(amount * price).toFixed(2)}`,
  ),
  `alarms, a dashboard, the canary's function, buckets, an on-demand stream, consumers, metrics of shards: for about an hour, at most $${SMALL_CHANGE.toFixed(2)}`,
];
