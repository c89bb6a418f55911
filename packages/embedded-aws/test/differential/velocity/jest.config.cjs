const { everyTier } = require('dev-kit/jest/tiers.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...everyTier,
  displayName: 'differential',
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/*.differential.ts'],
};
