/** A Markdown table whose columns are as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...rows]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

const BLOCK = /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/**
 * A page with what is generated in it:
 *
 *   <!-- generated: name -->
 *   <!-- /generated -->
 *
 * @throws Error for a block that nothing writes, and where the page lacks one
 */
export function fillBlocks(page: string, blocks: Readonly<Record<string, () => string>>): string {
  const missing = new Set(Object.keys(blocks));
  const filled = page.replace(BLOCK, (_, start: string, name: string, end: string) => {
    const write = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
    if (write === undefined) throw new Error(`Nothing writes the block '${name}'.`);
    missing.delete(name);
    return `${start}\n${write()}\n\n${end}`;
  });
  if (missing.size > 0) throw new Error(`The page has no block ${[...missing].join(', ')}.`);
  return filled;
}
