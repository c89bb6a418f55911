// Keeps what is compiled from one start of Node to the next: of installed packages by itself, and for
// those who compile something else. Loaded first (node --require), it knows all modules of a process;
// loaded by serverless.cjs, those that the framework loads after it.

const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { cachedDataVersionTag } = require('node:v8');
const { keepCompiled } = require('./javascript.cjs');
const { openKept } = require('./kept.cjs');

const ROOT = path.join(__dirname, '..', '..');
const FOLDER = path.join(ROOT, 'node_modules', '.cache', 'compiled-modules');

/** Of all that makes something else of the same source. */
function version() {
  const { version: compiler } = require('@swc/core/package.json');
  const hash = createHash('sha256');
  hash.update([process.version, process.arch, cachedDataVersionTag(), compiler].join());
  for (const file of ['.swcrc', 'hooks/typescript.cjs', 'hooks/loading/kept.cjs']) {
    hash.update(readFileSync(path.join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

const kept = openKept(path.join(FOLDER, version()));

// Where Node can (from 22.8 on), it keeps installed packages by itself.
if (Module.enableCompileCache) Module.enableCompileCache();
else keepCompiled(kept);

module.exports = { kept };
