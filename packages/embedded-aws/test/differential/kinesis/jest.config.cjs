const { everyTier } = require('dev-kit/jest/tiers.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...everyTier,
  displayName: 'differential',
  rootDir: __dirname,
  testEnvironment: 'node',
  testTimeout: 300_000,
  testMatch: ['<rootDir>/*.differential.ts'],
};
