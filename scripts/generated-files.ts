import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MEASUREMENTS } from '../bench/measurements';
import { performanceChart } from '../bench/report/chart';
import { performanceDocument } from '../bench/report/document';
import { figuresOf, readResults } from '../bench/results';
import { ROUTES_SCHEMA } from '../hooks/verify/doors/schema';
import { openApiDocument } from '../resources/openapi';
import { dashboardBody, dashboardDrawing } from './dashboard';
import { endpointTable } from './endpoint-table';
import { memberTable, senderTable } from './event-tables';
import { faultMatrixDocument } from './fault-matrix';
import { licenceTable } from './licences';
import { fillBlocks } from './markdown';
import { parameterTable } from './parameter-table';
import { probeTables } from './prove/probe-tables';
import { scalingDocument } from './scaling';
import { startOutput } from './start-output';
import { statusesDocument } from './statuses';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

const ROOT = path.join(__dirname, '..');

/** The committed files that are generated, wholly or in part, with their expected contents. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  'README.md': () => fillBlocks(committed('README.md'), { endpoints: endpointTable }),
  'docs/dashboard.json': () => formatted('docs/dashboard.json', JSON.stringify(dashboardBody())),
  'docs/dashboard.svg': dashboardDrawing,
  'docs/dependencies.md': () =>
    fillBlocks(committed('docs/dependencies.md'), { licences: licenceTable }),
  'docs/events.md': () =>
    fillBlocks(committed('docs/events.md'), { members: memberTable, senders: senderTable }),
  'docs/fault-matrix.md': faultMatrixDocument,
  'docs/local.md': () => fillBlocks(committed('docs/local.md'), { 'npm-start': startOutput }),
  'docs/parameters.md': () =>
    fillBlocks(committed('docs/parameters.md'), { parameters: parameterTable }),
  // From existing measurements; `npm run bench -- --write` takes new ones.
  'docs/performance.md': () => performanceDocument(MEASUREMENTS, readResults()),
  'docs/performance.svg': () => performanceChart(figuresOf(readResults())),
  'docs/proving.md': () => fillBlocks(committed('docs/proving.md'), { probes: probeTables }),
  'docs/scaling.md': scalingDocument,
  'docs/statuses.md': statusesDocument,
  'examples/doors/routes.schema.json': () =>
    formatted(
      'routes.schema.json',
      JSON.stringify({ $schema: DRAFT, ...ROUTES_SCHEMA }, undefined, 2),
    ),
  'openapi.json': () => formatted('openapi.json', JSON.stringify(openApiDocument(), undefined, 2)),
};

/** A file's text in the working copy. @param file relative to the root of the repository */
export const committed = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Formats a text as `npm run format` does, so that lint accepts it. */
function formatted(file: string, text: string): string {
  const biome = path.join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}
