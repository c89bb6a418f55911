// Lets Node require this repository's TypeScript, and no other: tsx would also read, parse and map
// every module of the framework and the AWS SDK, at a cost to each command.

const Module = require('node:module');
const { compileCached } = require('./framework/compile-cache.cjs');
const { asLine } = require('./framework/load-error.cjs');

// Missing in Node 20. From 22.1 on, Node keeps V8's code of every module that is loaded from here on.
Module.enableCompileCache?.();
process.setSourceMapsEnabled(true);

function load(module, file) {
  try {
    module._compile(compileCached(file), file);
  } catch (error) {
    throw asLine(error);
  }
}

// An import without an extension finds .js, then .ts, then .json: Node tries them in this order.
const { '.json': json, '.node': node } = require.extensions;
for (const extension of ['.ts', '.json', '.node']) delete require.extensions[extension];
Object.assign(require.extensions, { '.ts': load, '.json': json, '.node': node });
