/**
 * Compiles a pattern of AWS's models. They are Java's, and a few constructs mean something else in
 * JavaScript: `\s` and `\S` know ASCII only, `.` does not match U+0085, and any character but a
 * letter or digit may be escaped. Like Java's `matches`, the whole text must match.
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
 */
export function compilePattern(pattern: string): RegExp {
  let isInClass = false;
  const source = pattern.replace(/\\.|[[\].]/gs, (token) => {
    if (token === '[' && !isInClass) isInClass = true;
    else if (token === ']') isInClass = false;
    else if (token === '.' && !isInClass) return '[^\\n\\r\\u0085\\u2028\\u2029]';
    else if (token.startsWith('\\')) return escapeOf(token, isInClass);
    return token;
  });
  return new RegExp(`^(?:${source})$`, 'u');
}

const SPACE = ' \\t\\n\\v\\f\\r';
const NO_SPACE = '\\0-\\x08\\x0e-\\x1f\\x21-\\u{10ffff}';
/** The escapes that JavaScript demands or allows outside of letters and digits. */
const ESCAPABLE = /[\\^$.*+?()[\]{}|/]/;

function escapeOf(token: string, isInClass: boolean): string {
  const char = token.charAt(1);
  if (char === 's') return isInClass ? SPACE : `[${SPACE}]`;
  if (char === 'S') return isInClass ? NO_SPACE : `[${NO_SPACE}]`;
  const isKept = /[A-Za-z0-9]/.test(char) || ESCAPABLE.test(char) || (isInClass && char === '-');
  return isKept ? token : char;
}
