const { availableParallelism } = require('node:os');
const path = require('node:path');
const { shareModules } = require('dev-kit/jest/shared/workers.cjs');
const { tiers } = require('dev-kit/jest/tiers.cjs');

const WARM_CLI = require.resolve('./test/end-to-end/support/warm-cli/environment.cjs');

// The SDK would print it in every process, over and over.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

shareModules({
  conditions: ['embedded-aws-source'],
  preload: [require.resolve('./hooks/typescript.cjs')],
});

/** @type {import('jest').Config} */
module.exports = {
  // End-to-end tests wait for processes now and then: one more worker has the cores meanwhile.
  maxWorkers: availableParallelism() + 1,
  workerIdleMemoryLimit: '1.5GB',
  // A worker that gives back a gigabyte on a busy machine needs more than Jest's half second to end.
  workerGracefulExitTimeout: 10_000,
  reporters: ['default', require.resolve('dev-kit/jest/times.cjs')],
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  projects: [
    ...tiers(__dirname).map((tier) =>
      tier.displayName === 'local' ? { ...tier, testEnvironment: WARM_CLI } : tier,
    ),
    ...['dev-kit', 'embedded-aws'].flatMap((name) =>
      tiers(path.join(__dirname, 'packages', name), `${name} `),
    ),
  ],
};
