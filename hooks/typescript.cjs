// Lets Node require this repository's TypeScript, and no other: tsx would also read, parse and map
// every module of the framework and the AWS SDK, at a cost to each command.

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');
const { asLine } = require('./framework/load-error.cjs');

const ROOT = path.join(__dirname, '..');
const SETTINGS = JSON.parse(readFileSync(path.join(ROOT, '.swcrc'), 'utf8'));

// Missing in Node 20. From 22.1 on, Node keeps V8's code of every module that is loaded from here on.
Module.enableCompileCache?.();
process.setSourceMapsEnabled(true);

/** A plugin is loaded for every command, but the rooms it imports only for those that use it. */
function lazyImports(file, source) {
  if (path.dirname(file) !== __dirname) return false;
  return Array.from(source.matchAll(/ from '([^']+)';$/gm), ([, specifier]) => specifier);
}

function load(module, file) {
  try {
    module._compile(compile(file, readFileSync(file, 'utf8')), file);
  } catch (error) {
    throw asLine(error);
  }
}

function compile(file, source) {
  const { code } = transformSync(source, {
    ...SETTINGS,
    swcrc: false,
    filename: file,
    // Source maps name the file beside which they are, and leave out its text, which is on the disk.
    sourceFileName: path.basename(file),
    inlineSourcesContent: false,
    module: { ...SETTINGS.module, lazy: lazyImports(file, source) },
  });
  return code;
}

// An import without an extension finds .js, then .ts, then .json: Node tries them in this order.
const { '.json': json, '.node': node } = require.extensions;
for (const extension of ['.ts', '.json', '.node']) delete require.extensions[extension];
Object.assign(require.extensions, { '.ts': load, '.json': json, '.node': node });
