// Compiles the project's TypeScript: for this process (../typescript.cjs), and for the package that
// others install (scripts/pack.ts).

const { readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { inLine } = require('./load-error.cjs');

const ROOT = path.join(__dirname, '..', '..');
const PLUGINS = path.join(ROOT, 'hooks');
const SETTINGS = JSON.parse(readFileSync(path.join(ROOT, '.swcrc'), 'utf8'));

/** A plugin is loaded for every command, but the rooms it imports only for those that use it. */
function lazyImports(file, source) {
  if (path.dirname(file) !== PLUGINS) return false;
  return Array.from(source.matchAll(/ from '([^']+)';$/gm), ([, specifier]) => specifier);
}

/**
 * @param {string} file path of a module
 * @param {import('@swc/core').Options} [options] more of the compiler's
 * @returns its JavaScript
 */
function compile(file, options) {
  // Loaded here: a command whose sources are all in the cache needs no compiler.
  const { transformSync } = compiler();
  const source = readFileSync(file, 'utf8');
  const { code } = transformSync(source, {
    ...SETTINGS,
    swcrc: false,
    filename: file,
    // Source maps name the file beside which they are, and leave out its text, which is on the disk.
    sourceFileName: path.basename(file),
    inlineSourcesContent: false,
    module: { ...SETTINGS.module, lazy: lazyImports(file, source) },
    ...options,
  });
  return code;
}

/** @throws an error that says what to do where the compiler is there and cannot be loaded */
function compiler() {
  try {
    return require('@swc/core');
  } catch (error) {
    if (!String(error.message).includes('native binding')) throw error;
    // It copies itself into a folder of the user, or else into the temporary one.
    const isWithoutFolder = [error.cause]
      .flat()
      .some((cause) => /\bcache failed\b/.test(cause?.message));
    throw inLine(
      isWithoutFolder
        ? `The compiler finds no folder that it can write to: make HOME or the temporary folder (${tmpdir()}) writable.`
        : `node_modules has no compiler for ${process.platform} ${process.arch}: it was installed on another system. Run: npm ci`,
    );
  }
}

module.exports = { compile };
