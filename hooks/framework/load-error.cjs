// An error in a module of this repository, as one line: where it is, and what is wrong.

const path = require('node:path');
const { fileURLToPath } = require('node:url');

const ROOT = path.join(__dirname, '..', '..');

/** File, line and column in a line of a stack trace. */
const FRAME = /(?:\(|at )((?:file:\/\/)?[^()\n]+?):(\d+):(\d+)\)?$/gm;

/** The compiler's message: the error, then an excerpt that begins with its place. */
const COMPILER = /^\s*[x×]\s+(.+?)\n[^[]*\[(.+?):(\d+):\d+\]/s;
/** In that excerpt: the line, with a mark below its column. */
const MARKED = /\n(\s*\d+ [|│] ).*\n\s*[:·] ( *)[\^─┬╰]/;

/**
 * Gives an error a line in place of its stack, which is what the framework prints of an error that
 * is not its own. The first line is kept, because it is the most specific.
 */
function asLine(error) {
  if (!(error instanceof Error) || !/\n\s+(at |\d+: <unknown>)/.test(String(error.stack)))
    return error;
  try {
    error.stack = lineOf(error);
  } catch {
    // A frozen error keeps its stack.
  }
  return error;
}

function lineOf(error) {
  const compiler = COMPILER.exec(error.message);
  if (compiler) {
    const [, what, file, line] = compiler;
    return `${nameOf(file)}:${line}${columnOf(error.message)}: ${oneLine(what)}`;
  }
  if (error.code === 'MODULE_NOT_FOUND') return missingModule(error);
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  const place = placeOf(String(error.stack));
  return `${place === undefined ? '' : `${place}: `}${name}${oneLine(error.message)}`;
}

function missingModule({ message, requireStack: [file] = [] }) {
  const [what] = message.split('\n');
  const isPackage = /^Cannot find module '[^./]/.test(what);
  return `${file === undefined ? '' : `${nameOf(file)}: `}${what}${isPackage ? '. Is it installed? Run: npm ci' : ''}`;
}

/** The innermost line of this repository's own code. */
function placeOf(stack) {
  for (const [, file, line, column] of stack.matchAll(FRAME)) {
    const name = nameOf(file);
    const isOwn =
      !path.isAbsolute(name) &&
      !/^(node:|\.\.|node_modules|hooks\/(typescript|framework\/load-error))/.test(name);
    if (isOwn) return `${name}:${line}:${column}`;
  }
  return undefined;
}

/** With slashes on every system, as these pages and serverless.ts write them. */
function nameOf(place) {
  const file = place.startsWith('file:') ? fileURLToPath(place) : place;
  if (!path.isAbsolute(file)) return file;
  return path.relative(ROOT, file).replaceAll(path.sep, '/');
}

function columnOf(message) {
  const [, before, gap] = MARKED.exec(message) ?? [];
  return before === undefined ? '' : `:${gap.length + 1}`;
}

const oneLine = (text) => text.trim().replace(/\s*\n\s*/g, ' ');

/** An error that is a line already: the user sees nothing but its message. */
function inLine(message) {
  const error = new Error(message);
  error.stack = message;
  return error;
}

module.exports = { asLine, inLine };
