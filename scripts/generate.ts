/**
 * Writes every generated file: `npm run generate`.
 *
 * Their sources are listed in generated-files.ts.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { committed, generatedFiles } from './generated-files';

for (const [file, content] of Object.entries(generatedFiles)) {
  const text = content();
  const isCurrent = committed(file) === text;
  if (!isCurrent) writeFileSync(path.join(__dirname, '..', file), text);
  console.log(`${isCurrent ? 'unchanged' : 'written  '}  ${file}`);
}
