import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TemplateFileError } from './errors';

const TEMPLATES = path.join(__dirname, '..', 'templates');

/**
 * Reads `templates/<name>.vtl` to be inlined.
 * @throws TemplateFileError when the file is missing, or uses `${`, which Serverless would take for
 * a variable of its own and CloudFormation's Fn::Sub for one of theirs
 */
export function templateFile(name: string, folder = TEMPLATES): string {
  const file = path.join(folder, `${name}.vtl`);
  let text: string;
  try {
    // An archive or an editor on Windows may have written CRLF; the deployed template stays the same.
    text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
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
