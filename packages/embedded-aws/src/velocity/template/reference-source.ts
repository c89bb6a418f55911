import type { Reference, ReferenceStep } from './ast';
import type { Token } from './lexer';
import type { TokenReader } from './token-reader';

/**
 * Extracts escapes and kind from the first token of a reference. Like Velocity's initialisation of
 * the node, this removes them from the token, so that later prints of the source lack them.
 * @param start position of the first token
 * @param second image of the second token, which is the name in `${name}`
 */
export function describeReference(
  tokens: TokenReader,
  start: number,
  first: Token,
  second: string,
  path: readonly ReferenceStep[],
): Reference {
  if (first.image.includes('\\!')) return escapedBang(first.image, path);
  const slashes = /^\\*/.exec(first.image)?.[0].length ?? 0;
  const isEscaped = slashes % 2 === 1;
  const escapePrefix = '\\'.repeat(Math.floor(slashes / 2));
  first.image = first.image.slice(slashes);
  const dollar = first.image.lastIndexOf('$');
  const morePrefix = dollar > 0 ? first.image.slice(0, dollar) : '';
  if (dollar > 0) first.image = first.image.slice(dollar);
  const source = tokens.literal(start);
  const isQuiet = first.image.startsWith('$!');
  const isRunt = !first.image.startsWith('$');
  return {
    isRunt,
    isComputable: true,
    isEscaped,
    root: rootName(first.image, second, isQuiet, isRunt),
    path,
    assignedName: first.image.slice(1),
    prefix: escapePrefix + morePrefix,
    escapePrefix,
    // For a quiet reference without a value, Velocity prints its escapes, but not its source.
    nullText: isQuiet && !isEscaped ? '' : source,
  };
}

function rootName(image: string, second: string, isQuiet: boolean, isRunt: boolean): string {
  if (isRunt) return image;
  if (isQuiet) return image.startsWith('$!{') ? second : image.slice(2);
  return image === '${' ? second : image.slice(1);
}

/**
 * `$\!name`: one backslash escapes the `!`; Velocity looks up a variable with the whole spelling.
 */
function escapedBang(image: string, path: readonly ReferenceStep[]): Reference {
  const first = image.indexOf('\\', image.indexOf('$'));
  const run = /^\\*/.exec(image.slice(first))?.[0].length ?? 0;
  const text = image.slice(0, first + run - 1) + image.slice(first + run);
  return {
    isRunt: false,
    isComputable: false,
    isEscaped: false,
    root: text,
    path,
    assignedName: image.slice(1),
    prefix: '',
    escapePrefix: '',
    nullText: text,
  };
}
