require('./compile-once.cjs');
const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

/** The storages that the current test file, or Jest on its behalf, has entered. */
const entered = new Set();
const { run } = AsyncLocalStorage.prototype;

AsyncLocalStorage.prototype.run = function (...call) {
  entered.add(this);
  return run.apply(this, call);
};

/**
 * Node's environment, which lets go of a test file's AsyncLocalStorages when the file is done. Jest
 * enters one for each file and leaves it enabled; before Node 24 every promise of all later files
 * would note each of them.
 */
module.exports = class extends TestEnvironment {
  async teardown() {
    for (const storage of entered) storage.disable();
    entered.clear();
    await super.teardown();
  }
};
