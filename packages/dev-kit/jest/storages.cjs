const { AsyncLocalStorage } = require('node:async_hooks');

/** The storages that the current test file, or Jest on its behalf, has entered. */
const entered = new Set();
const { run } = AsyncLocalStorage.prototype;

AsyncLocalStorage.prototype.run = function (...call) {
  entered.add(this);
  return run.apply(this, call);
};

/**
 * Lets go of a test file's AsyncLocalStorages. Jest enters one for each file and leaves it enabled;
 * before Node 24 every promise of all later files would note each of them.
 */
function leaveStorages() {
  for (const storage of entered) storage.disable();
  entered.clear();
}

module.exports = { leaveStorages };
