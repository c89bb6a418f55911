const path = require('node:path');
const { tiers } = require('dev-kit/jest/tiers.cjs');

// The SDK would print it in every process, over and over.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: '100%',
  reporters: ['default', require.resolve('dev-kit/jest/times.cjs')],
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  projects: [
    ...tiers(__dirname),
    ...['dev-kit', 'embedded-aws'].flatMap((name) =>
      tiers(path.join(__dirname, 'packages', name), `${name} `),
    ),
  ],
};
