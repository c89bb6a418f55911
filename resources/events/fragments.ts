import { StackError } from '../errors';
import { templateFile } from '../template-files';

/** By name: the templates of a stack take the same ones in a hundred times. */
const known = new Map<string, string>();

/**
 * The text of `templates/<name>.vtl` without its comments and indents: each content type of a
 * method has the whole text once more, and a stack's template takes 1 MB.
 */
export function fragment(name: string): string {
  const text = known.get(name) ?? stripped(templateFile(name));
  known.set(name, text);
  return text;
}

const stripped = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('##') || line === HERE)
    .map((line) => line.trimStart())
    .join('\n')
    .trimEnd();

/** Where a fragment takes others in. */
const HERE = '## EACH EVENT';

/** A fragment with others in the place that it has for them. */
export const around = (name: string, inner: readonly string[]): string =>
  fragment(name).replace(HERE, () => inner.join('\n'));

/** A list or a text as `#set` line. */
export function setting(name: string, value: string | readonly string[]): string {
  const literal = typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
  return `#set($${name} = ${literal})`;
}

/** Variables of the framework, which are filled in before AWS sees the template. */
const VARIABLES = /\$\{[\w:.-]+\}/g;

/**
 * A Velocity literal. Between single quotes nothing but these themselves has a meaning; other
 * characters are refused for the sake of other readers of templates.
 */
function quoted(text: string): string {
  if (/^[\w .:@/=+,*[\]$-]*$/.test(text.replace(VARIABLES, ''))) return `'${text}'`;
  throw new StackError(`streams.ts: '${text}' has characters that a template cannot take.`);
}
