// Modules that are new for each command, at a tenth of the cost of a new process: their code stays
// compiled, and only runs again.

const Module = require('node:module');
const path = require('node:path');

/** Packages that take long to run and keep nothing of one command for the next. */
const LASTING =
  /[/\\]node_modules[/\\](@aws-sdk|@smithy|@swc|ajv|mime-db|mime-types|semver|undici)[/\\]/;

const ESBUILD = /[/\\]node_modules[/\\]esbuild[/\\]lib[/\\]main\.js$/;

const own = new Set(Object.keys(require.cache));

/** By file: its text, and the module whose exports are the compiled function. */
const compiled = new Map();

const { _compile: compile } = Module.prototype;

const HEAD = 'module.exports=(function(exports,require,module,__filename,__dirname){';

/**
 * What a file's text makes a function of, compiled once. The module that holds it is kept, because Node
 * forgets a source map together with its module.
 */
function functionOf(text, file) {
  const known = compiled.get(file);
  if (known?.text === text) return known.holder.exports;
  const holder = new Module(file);
  holder.filename = file;
  compile.call(holder, `${HEAD}${text.replace(/^#!.*/, '')}\n})`, file, 'commonjs');
  compiled.set(file, { text, holder });
  return holder.exports;
}

/** As Node makes it for each module. */
function requireOf(module) {
  const { resolve } = Module.createRequire(module.filename);
  return Object.assign((name) => module.require(name), {
    resolve,
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}

Module.prototype._compile = function (text, file, format) {
  if (format === 'module' || LASTING.test(file)) return compile.call(this, text, file, format);
  let run;
  try {
    run = functionOf(text, file);
  } catch {
    // An ES module by its syntax, or a fault: Node says which.
    return compile.call(this, text, file, format);
  }
  const { exports } = this;
  return run.call(exports, exports, requireOf(this), this, file, path.dirname(file));
};

/**
 * Forgets the modules of the last command. Native ones cannot be loaded twice. esbuild has a process of
 * its own, in the folder where the command began, which may be gone for the next one.
 */
function forgetModules() {
  for (const [file, { exports }] of Object.entries(require.cache)) {
    if (ESBUILD.test(file)) exports.stop();
  }
  for (const file of Object.keys(require.cache)) {
    if (own.has(file) || LASTING.test(file) || file.endsWith('.node')) continue;
    delete require.cache[file];
  }
  module.parent?.children.splice(0);
}

module.exports = { forgetModules };
