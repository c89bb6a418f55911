const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { leaveStorages } = require('../storages.cjs');

/** Notes the state of the process that a test file may change. @returns puts it back */
function snapshot() {
  const { console, fetch } = globalThis;
  const { argv, exit, exitCode, title } = process;
  const environment = { ...process.env };
  const folder = process.cwd();
  return () => {
    Object.assign(globalThis, { console, fetch });
    Object.assign(process, { argv, exit, exitCode, title });
    for (const name of Object.keys(process.env)) {
      if (!(name in environment)) delete process.env[name];
    }
    Object.assign(process.env, environment);
    if (process.cwd() !== folder) process.chdir(folder);
  };
}

/**
 * Jest's environment of a test file that runs in Node's own realm: its global is that of the worker,
 * which is put back afterwards.
 */
class SharedEnvironment {
  global = globalThis;
  sharesModules = true;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  #restore = snapshot();

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.#restore();
    leaveStorages();
  }

  /** There is no other realm. */
  getVmContext() {
    return null;
  }
}

module.exports = { SharedEnvironment };
