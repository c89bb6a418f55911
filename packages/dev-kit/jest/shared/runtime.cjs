const { default: IsolatedRuntime } = require('jest-runtime');
const { jestObject } = require('./jest-object.cjs');
const { modulesFor } = require('./modules.cjs');

/** Where Jest's framework of tests keeps its state in a global, by the description of the symbol. */
const STATE = ['JEST_STATE_SYMBOL', 'EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES'];

function forgetState() {
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    if (STATE.includes(symbol.description)) delete globalThis[symbol];
  }
}

/** Runs a test file with Node's own `require`: what Jest needs of a runtime, and no more. */
class SharedRuntime {
  #modules;
  #setUp;

  constructor({ setupFilesAfterEnv }, environment, root) {
    this.#modules = modulesFor(root);
    this.#setUp = setupFilesAfterEnv;
    globalThis.jest = jestObject(environment);
  }

  requireModule(file) {
    return this.#setUp.includes(file)
      ? this.#modules.requireAnew(file)
      : this.#modules.require(file);
  }

  /** Jest's framework itself begins anew for each file. */
  requireInternalModule(file) {
    forgetState();
    // Jest has installed its own mapping of stack traces, of what it compiled; here Node compiles and maps.
    Error.prepareStackTrace = undefined;
    return this.#modules.requireAnew(file);
  }

  setGlobalsForRuntime(globals) {
    Object.assign(globalThis, globals);
  }

  teardown() {
    this.#modules.forgetTests();
    forgetState();
  }

  unstable_shouldLoadAsEsm = () => false;
  getSourceMaps = () => new Map();
  getAllCoverageInfoCopy = () => undefined;
  enterTestCode() {}
  leaveTestCode() {}
}

/** Jest's runtime for a test file: which one, its environment says. */
module.exports = class {
  constructor(config, environment, ...rest) {
    // biome-ignore lint/correctness/noConstructorReturn: Jest makes one runtime for each file, of one class.
    return environment.sharesModules
      ? new SharedRuntime(config, environment, rest.at(-1).rootDir)
      : new IsolatedRuntime(config, environment, ...rest);
  }
};
module.exports.default = module.exports;
