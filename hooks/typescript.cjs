// Lets Node require this repository's TypeScript. Only that: tsx/cjs would read, parse and map every
// module of the framework and the SDK as well, which costs each command more than all plugins do.

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

// Plain, for the framework loads serverless.ts, and what that imports, by way of a private loader.
const requireInstalled = Module.createRequire(__filename);

const settings = {
  ...JSON.parse(readFileSync(path.join(__dirname, '..', '.swcrc'), 'utf8')),
  swcrc: false,
};

/** A plugin is made for every command, and what it imports is loaded for the one that uses it. */
function lazyImports(file, source) {
  if (path.dirname(file) !== __dirname) return false;
  return Array.from(source.matchAll(/ from '([^']+)';$/gm), ([, specifier]) => specifier);
}

function load(module, filename) {
  const { transformSync } = requireInstalled('@swc/core');
  // The private loader marks its modules with a query.
  const [file] = filename.split('?');
  const source = readFileSync(file, 'utf8');
  const { code } = transformSync(source, {
    ...settings,
    filename: file,
    module: { ...settings.module, lazy: lazyImports(file, source) },
  });
  module._compile(code, file);
}

process.setSourceMapsEnabled(true);
// An import without an extension means .js, .ts, .json, in this order, which is that of the entries.
// Enumerable, unlike the entry of the private loader, for else it means no .ts at all.
const { '.json': json, '.node': node } = Module._extensions;
for (const extension of ['.ts', '.json', '.node']) delete Module._extensions[extension];
Object.assign(Module._extensions, { '.ts': load, '.json': json, '.node': node });

// Where Node can (from 22.8 on), the framework's own modules are compiled once and not at each start.
Module.enableCompileCache?.();
