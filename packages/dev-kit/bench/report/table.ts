export interface Table {
  readonly title?: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Markdown that is also aligned for a terminal. Columns of numbers only are set to the right. */
export function renderTable({ header, rows }: Table): string {
  const all = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = header.map((_, column) =>
    Math.max(3, ...all.map((row) => (row[column] ?? '').length)),
  );
  const numeric = header.map(
    (_, column) => rows.length > 0 && rows.every((row) => NUMBER.test(row[column] ?? '')),
  );
  const line = (row: readonly string[]) => {
    const cells = header.map((_, column) => {
      const cell = row[column] ?? '';
      const width = widths[column] ?? 0;
      return numeric[column] ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map(
    (width, column) => `${'-'.repeat(width - 1)}${numeric[column] ? ':' : '-'}`,
  );
  const [head = [], ...body] = all;
  return [line(head), `| ${rule.join(' | ')} |`, ...body.map(line)].join('\n');
}

/** `1,234.5`, `0.8×`, `12 ms`, `3 MB`, `–` */
const NUMBER = /^(–|[~<]?-?[\d.,]+ ?(×|ms|µs|s|MB|%|)( CPU)?)$/;

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 1,
  minimumFractionDigits: 1,
});

/** Three figures that count, or `–` for what was not measured. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return whole.format(value);
  if (size >= 10) return tenths.format(value);
  return value.toFixed(size >= 1 ? 2 : 3);
}

const withUnit = (unit: string) => (value: number) =>
  Number.isFinite(value) ? `${number(value)}${unit}` : '–';

export const ms = withUnit(' ms');
export const times = withUnit('×');
export const megabytes = withUnit(' MB');
