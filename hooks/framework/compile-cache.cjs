// Keeps compiled TypeScript from one command to the next: loading the compiler and running it costs a
// fifth of the CPU time of a short command.

const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { compile } = require('./compile.cjs');
const { removeUnused } = require('./unused.cjs');

const ROOT = path.join(__dirname, '..', '..');
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'typescript');

/** Hashed with each source: whatever else decides what the compiler returns. */
const compiler = [
  require.resolve('@swc/core/package.json'),
  path.join(__dirname, 'compile.cjs'),
  path.join(ROOT, '.swcrc'),
].map((file) => readFileSync(file));

/**
 * @param {string} file path of a TypeScript module
 * @returns its JavaScript, from the cache where it is there
 */
function compileCached(file) {
  const hash = createHash('sha256');
  // By its place below the root, so that copies of the repository share what is compiled.
  for (const part of [...compiler, path.relative(ROOT, file), readFileSync(file)])
    hash.update(part);
  const cached = path.join(CACHE, `${hash.digest('hex').slice(0, 32)}.js`);
  try {
    return readFileSync(cached, 'utf8');
  } catch {
    const code = compile(file);
    keep(cached, code);
    return code;
  }
}

let isOpen = false;

/** Makes the folder, and removes what earlier sources have left in it: once, by the first to write. */
function open() {
  if (isOpen) return;
  isOpen = true;
  mkdirSync(CACHE, { recursive: true });
  removeUnused(CACHE);
}

function keep(cached, code) {
  try {
    open();
    // Moved into place whole: another process may be writing the same.
    const own = path.join(CACHE, randomUUID());
    writeFileSync(own, code);
    renameSync(own, cached);
  } catch {
    // A folder that cannot be written costs time, nothing else.
  }
}

module.exports = { compileCached };
