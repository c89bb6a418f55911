/** A number with commas, and two digits after the point where it is small. */
export function count(value: number): string {
  const digits = value < 10 && !Number.isInteger(value) ? 2 : 0;
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value);
}

/** Cents where they matter, and more digits where a cent is too much. */
export function dollars(value: number): string {
  if (value >= 100) return `$${count(Math.round(value))}`;
  return value >= 0.1 || value === 0 ? `$${value.toFixed(2)}` : `$${value.toPrecision(2)}`;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
