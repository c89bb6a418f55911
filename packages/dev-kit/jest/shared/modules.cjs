const path = require('node:path');
const { createRequire } = require('node:module');

/** Test files and their helpers have state that must not reach the next file: hooks, counters, stages. */
const OF_ONE_FILE = /(^|[/\\])test[/\\]/;
const INSTALLED = /[/\\]node_modules[/\\]/;

/**
 * Node's own modules, for one test file after another.
 * @param {string} root folder of the repository; a folder `test` above it says nothing
 */
function modulesFor(root) {
  const requireHere = createRequire(path.join(root, 'package.json'));
  // The environment of tests may be below `test`, too; it is there before the test file is.
  const before = new Set(Object.keys(requireHere.cache));
  const isOfOneFile = (file) =>
    !before.has(file) && !INSTALLED.test(file) && OF_ONE_FILE.test(path.relative(root, file));

  return {
    require: requireHere,

    /** The next test file has modules of its own below `test`, and shares the others. */
    forgetTests() {
      for (const [file, module] of Object.entries(requireHere.cache)) {
        if (isOfOneFile(file)) delete requireHere.cache[file];
        // Node notes which module first required which, and would hold them all.
        else
          module.children = module.children.filter(({ filename }) => !isOfOneFile(filename ?? ''));
      }
    },

    /** Runs a module again. */
    requireAnew(file) {
      delete requireHere.cache[file];
      return requireHere(file);
    },
  };
}

module.exports = { modulesFor };
