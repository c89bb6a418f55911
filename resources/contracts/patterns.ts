/**
 * What a pattern has that Java and JavaScript read differently. API Gateway reads patterns as Java
 * does, or as Java's old JavaScript engine: its documentation does not say, and its messages name
 * ECMA 262. In patterns without these all agree, this project's own check of the sample included.
 */
const DIFFERENCES: readonly (readonly [found: RegExp, instead: string])[] = [
  [/^\\u\{/, 'write \\uXXXX'],
  [/^\\[pP]\{/, 'write the characters in brackets: [A-Za-z\\u00c0-\\u024f]'],
  [/^\\(?![dDwWsSbBnrtfxu1-9])[A-Za-z0-9]/, 'leave it out, or write \\uXXXX'],
  [/^\(\?(?![:=!])/, 'groups begin with ( or (?:, and nothing looks behind'],
  [/^\{(?!\d+(,\d*)?\})/, 'write \\{'],
];

/** The same, within brackets. */
const DIFFERENCES_IN_CLASS: typeof DIFFERENCES = [
  [/^\[/, 'write \\['],
  [/^&&/, 'write & once'],
  [/^\\b/, 'write \\u0008'],
  ...DIFFERENCES.slice(0, 3),
];

/**
 * The reason why a pattern is not understood by API Gateway, or not as it is meant.
 * @returns undefined for a good one
 */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
  } catch (error) {
    return `it is no regular expression (${error instanceof Error ? error.message : error})`;
  }
  let isClass = false;
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const difference = (isClass ? DIFFERENCES_IN_CLASS : DIFFERENCES).find(([found]) =>
      found.test(rest),
    );
    const empty = isClass ? undefined : /^\[\^?\]/.exec(rest)?.[0];
    if (empty !== undefined) return `'${empty}' is no set of characters to Java`;
    if (difference !== undefined) {
      const [found, instead] = difference;
      const [text = ''] = found.exec(rest) ?? [];
      return `Java and JavaScript differ in '${text}': ${instead}`;
    }
    if (rest.startsWith('[')) isClass = true;
    if (rest.startsWith(']')) isClass = false;
    at += rest.startsWith('\\') ? 2 : 1;
  }
  return undefined;
}
