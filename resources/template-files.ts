import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TemplateFileError } from './errors';

const TEMPLATES = path.join(__dirname, '..', 'templates');

/**
 * Reads `templates/<name>.vtl` to be inlined.
 * @throws TemplateFileError if the file is missing, or contains `${`, which Serverless and Fn::Sub
 *   would take for one of their variables
 */
export function templateFile(name: string, folder = TEMPLATES): string {
  const file = path.join(folder, `${name}.vtl`);
  let text: string;
  try {
    // Archives and editors on Windows may write these; the deployed template must not change.
    text = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
  } catch (cause) {
    throw new TemplateFileError(
      `templates/${name}.vtl cannot be read. An endpoint in resources/endpoints names it: restore the file, or correct the name.`,
      { cause },
    );
  }
  const line = text.split('\n').findIndex((candidate) => candidate.includes('${'));
  if (line !== -1) {
    throw new TemplateFileError(
      `templates/${name}.vtl, line ${line + 1}: write $name instead of \${name}. Serverless reads \${…} as a variable of its own.`,
    );
  }
  return text;
}
