// Lets Node require this repository's TypeScript. Only that: tsx/cjs would read, parse and map every
// module of the framework and the SDK as well, which costs each command more than all plugins do.
// What is compiled is kept, of the framework too, so that the next command finds it.

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const { kept } = require('./loading/installed.cjs');
const { asLine } = require('./framework/load-error.cjs');

const ROOT = path.join(__dirname, '..');

/** A plugin is made for every command, and what it imports is loaded for the one that uses it. */
function lazyImports(file, source) {
  if (path.dirname(file) !== __dirname) return false;
  return Array.from(source.matchAll(/ from '([^']+)';$/gm), ([, specifier]) => specifier);
}

function load(module, file) {
  const source = readFileSync(file, 'utf8');
  const name = path.relative(ROOT, file);
  const before = kept.get(name, source);
  try {
    const code = before === undefined ? compile(file, source) : before.toString();
    if (before === undefined) kept.put(name, source, () => Buffer.from(code));
    module._compile(code, file);
  } catch (error) {
    throw asLine(error);
  }
}

function compile(file, source) {
  const { transformSync } = require('@swc/core');
  const settings = JSON.parse(readFileSync(path.join(ROOT, '.swcrc'), 'utf8'));
  const { code } = transformSync(source, {
    ...settings,
    swcrc: false,
    filename: file,
    // Beside the code that it came from, wherever the repository is; without a copy of it, which is
    // read at every start.
    sourceFileName: path.basename(file),
    inlineSourcesContent: false,
    module: { ...settings.module, lazy: lazyImports(file, source) },
  });
  return code;
}

process.setSourceMapsEnabled(true);
// An import without an extension means .js, .ts, .json, in this order, which is that of the entries.
// Enumerable, unlike the entry of the private loader, for else it means no .ts at all.
const { '.json': json, '.node': node } = Module._extensions;
for (const extension of ['.ts', '.json', '.node']) delete Module._extensions[extension];
Object.assign(Module._extensions, { '.ts': load, '.json': json, '.node': node });
