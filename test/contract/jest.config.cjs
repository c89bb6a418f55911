const { everyTier } = require('dev-kit/jest/tiers.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...everyTier,
  displayName: 'contract',
  rootDir: '../..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/contract/*.contract.ts'],
  globalSetup: '<rootDir>/test/contract/interruption.ts',
  setupFilesAfterEnv: [require.resolve('dev-kit/jest/patience.ts')],
};
