import { parameterNames } from '../../resources/parameters';
import { type Row, walk } from './parameter-walk';
import { probes } from './probes';
import { STEP_NAMES } from './step-names';

/** The output of --list. */
export function listing(): string {
  return [
    `Steps (--only): ${STEP_NAMES.join(', ')}`,
    '',
    'Parameters (--parameters):',
    ...parameterNames.map((name) => `  ${name}: ${inWords(walk[name])}`),
    '',
    'Probes (--probes):',
    ...probes.map(({ name, question }) => `  ${name}: ${question}`),
  ].join('\n');
}

function inWords(row: Row): string {
  if ('never' in row) return `not walked: ${row.never}`;
  return 'value' in row ? `to ${row.value} and back` : `with ${row.outside}, --with`;
}
