/**
 * Writes README's table of endpoints.
 *
 *   npm run generate:endpoints
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endpoints } from '../resources/endpoints';

const README = path.join(__dirname, '..', 'README.md');
const MARKER = '<!-- Written by npm run generate:endpoints from resources/endpoints -->';
const HEAD = ['method and path', 'Kinesis action', 'request', 'answer'];

/** The lines of the table, with columns of one width. */
export function endpointTable(): string[] {
  const rows = endpoints.map(({ method, path: route, action, readme }) => [
    `${method} ${route}`,
    action,
    readme.request || '–',
    readme.answer,
  ]);
  const widths = HEAD.map((_, column) =>
    Math.max(...[HEAD, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  return [HEAD, rule, ...rows].map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
}

/**
 * The document with the current table after its marker.
 * @throws Error when it has no marker
 */
export function withEndpointTable(document: string): string {
  const lines = document.split('\n');
  const start = lines.indexOf(MARKER) + 1;
  if (start === 0) throw new Error(`README.md has no line ${MARKER}`);
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return [...lines.slice(0, start), ...endpointTable(), ...rest.slice(end)].join('\n');
}

if (require.main === module) {
  writeFileSync(README, withEndpointTable(readFileSync(README, 'utf8')));
  console.log(`${endpoints.length} endpoints to README.md`);
}
