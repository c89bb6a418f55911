const { TestEnvironment } = require('jest-environment-node');
const { leaveStorages } = require('./storages.cjs');

/** Node's environment of Jest: a realm for each test file, in which every module is loaded anew. */
module.exports = class extends TestEnvironment {
  async teardown() {
    leaveStorages();
    await super.teardown();
  }
};
