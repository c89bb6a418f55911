const TestEnvironment = require('dev-kit/jest/environment.cjs');
const { runWarmCli } = require('./hosts.cjs');

/** Gives the test files of a worker the same warm CLI. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.runWarmCli = runWarmCli;
  }
};
