import { barChart, type Panel } from 'dev-kit/bench/report/svg';

type Figures = Readonly<Record<string, number>>;

const WHO = [
  ['bare Node', 'floor', false],
  ['engine', 'engine', true],
  ['through the API', 'gateway', true],
] as const;

const PEERS = [
  ['this engine', 'engine', true],
  ['ferrokinesis', 'ferrokinesis', false],
  ['kinesalite', 'kinesalite', false],
  ['kinesis-local', 'kinesisLocal', false],
] as const;

/** The chart of docs/performance.md: records a second, through the API and compared with peers. */
export function performanceChart(figures: Figures): string {
  const of = (name: string) => figures[name] ?? Number.NaN;
  const panel = (
    title: string,
    bars: typeof WHO | typeof PEERS,
    figure: (who: string) => string,
  ): Panel => ({
    title,
    unit: '/s',
    bars: bars.map(([label, who, ours]) => ({ label, value: of(figure(who)), ours })),
  });
  return barChart('Records a second: through the API, to the engine, to its peers', [
    panel('PutRecord: records a second', WHO, (who) => `gateway.putRecord.${who}.records`),
    panel(
      'PutRecords of 500: records a second',
      WHO,
      (who) => `gateway.putRecords500.${who}.records`,
    ),
    panel('PutRecord beside peers', PEERS, (who) => `engine.putRecord.${who}.records`),
    panel('PutRecords of 500 beside peers', PEERS, (who) => `engine.putRecords500.${who}.records`),
  ]);
}
