// Lets Node load installed packages from what V8 made of them at an earlier start, as Node does by
// itself from 22.8 on: reading the framework's code anew takes a third of a short command.

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { constants, Script } = require('node:vm');

const INSTALLED = `${path.sep}node_modules${path.sep}`;
/** What tools keep there comes and goes, and is not code that somebody has installed. */
const CACHE = `${INSTALLED}.cache${path.sep}`;

/** Before the module's text in its first line, whose columns would be wrong in stack traces. */
const [BEFORE] = Module.wrapper;

/** @param {ReturnType<import('./kept.cjs')['openKept']>} kept */
function keepCompiled(kept) {
  const { '.js': loadAsNode } = Module._extensions;
  const { _compile: compileAsNode } = Module.prototype;

  // What is kept is no ECMAScript module, so the folders above need not be searched for a
  // package.json that says so.
  Module._extensions['.js'] = function load(module, filename) {
    const source = kept.has(filename) ? readFileSync(filename, 'utf8') : undefined;
    const data = source === undefined ? undefined : kept.get(filename, source);
    const script = data === undefined ? undefined : scriptOf(source, filename, data);
    return script === undefined ? loadAsNode(module, filename) : run(script, module, filename);
  };

  Module.prototype._compile = function compile(source, filename, ...format) {
    const isKept = isInstalled(filename) && !format[0];
    const script = isKept ? scriptOf(source, filename, kept.get(filename, source)) : undefined;
    if (script === undefined) return compileAsNode.call(this, source, filename, ...format);
    return run(script, this, filename);
  };

  /** Undefined for what is no script: Node knows what it is, or says what is wrong with it. */
  function scriptOf(source, filename, cachedData) {
    try {
      const script = new Script(Module.wrap(source), {
        filename,
        columnOffset: -BEFORE.length,
        cachedData,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      if (cachedData === undefined || script.cachedDataRejected) {
        kept.put(filename, source, () => script.createCachedData());
      }
      return script;
    } catch {
      return undefined;
    }
  }
}

/** A query means that a private loader has made something else of the file. */
const isInstalled = (filename) =>
  filename.includes(INSTALLED) && !filename.includes(CACHE) && !filename.includes('?');

function run(script, module, filename) {
  const { exports } = module;
  return script
    .runInThisContext()
    .call(exports, exports, requireOf(module), module, filename, path.dirname(filename));
}

/** What a module knows as `require`. */
function requireOf(module) {
  const resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  return Object.assign((id) => module.require(id), {
    resolve,
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}

module.exports = { keepCompiled };
