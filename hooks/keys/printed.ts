import { apiStage, type Target } from '../stage/target';
import { visible } from '../viewer/format/printable';
import type { ListedKey } from './list-keys';

export interface PrintOptions {
  readonly usage: boolean;
  readonly json: boolean;
}

/** The listed keys as a table for people or as JSON for programs, ending with a newline. */
export function printedKeys(
  target: Target,
  keys: readonly ListedKey[],
  { usage, json }: PrintOptions,
): string {
  if (json) return `${JSON.stringify(asJson(target, keys), undefined, 2)}\n`;
  const columns = COLUMNS.filter(({ ofUsage }) => usage || !ofUsage);
  const rows = [
    columns.map(({ title }) => title),
    ...keys.map((key) => columns.map(({ cell }) => cell(key) ?? '-')),
  ];
  const widths = columns.map((_, index) =>
    Math.max(...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

const figure = (value: number | undefined) => value?.toLocaleString('en-US');

interface Column {
  readonly title: string;
  readonly cell: (key: ListedKey) => string | undefined;
  readonly ofUsage?: true;
}

const COLUMNS: readonly Column[] = [
  { title: 'PRODUCER', cell: ({ producer }) => producer },
  // A key that is not of the stack is called as somebody liked.
  { title: 'KEY', cell: ({ key }) => (key === undefined ? key : visible(key)) },
  { title: 'ID', cell: ({ id }) => id },
  {
    title: 'STATE',
    cell: ({ state, isOfStack }) => (isOfStack ? state : `${state}, not of this stack`),
  },
  { title: 'MADE ON', cell: ({ createdAt }) => createdAt?.slice(0, 10) },
  { title: 'RATE', cell: ({ rate }) => figure(rate) },
  { title: 'BURST', cell: ({ burst }) => figure(burst) },
  {
    title: 'QUOTA',
    cell: ({ quota }) => quota && `${figure(quota.limit)}/${quota.period.toLowerCase()}`,
  },
  { title: 'USED TODAY', cell: ({ usage }) => figure(usage?.used), ofUsage: true },
  { title: 'LEFT', cell: ({ usage }) => figure(usage?.left), ofUsage: true },
];

/** Members that a key has none of are null, so that every key has the same. */
const asJson = (target: Target, keys: readonly ListedKey[]) => ({
  service: target.service,
  stage: target.stage,
  restApiId: target.restApiId,
  restApiStage: apiStage(target),
  keys: keys.map(({ producer, key, id, state, isOfStack, createdAt, ...limits }) => ({
    producer: producer ?? null,
    key: key ?? null,
    id,
    state,
    isOfStack,
    createdAt: createdAt ?? null,
    rate: limits.rate ?? null,
    burst: limits.burst ?? null,
    quota: limits.quota ?? null,
    usage: limits.usage ?? null,
  })),
});
