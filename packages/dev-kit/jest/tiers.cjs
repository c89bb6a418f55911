const { readFileSync } = require('node:fs');
const path = require('node:path');

const compiler = JSON.parse(readFileSync(path.join(__dirname, '..', '..', '..', '.swcrc'), 'utf8'));

/**
 * Packages that are ES modules alone, which Jest cannot require as Node does. Jest makes the slashes of
 * `transformIgnorePatterns` those of the system, but not these.
 */
const ES_MODULES = 'node_modules[/\\\\]jose[/\\\\].+\\.js$';

/** How every tier runs TypeScript: for test configurations that are not of these tiers, too. */
const everyTier = {
  transform: {
    [`^.+\\.ts$|${ES_MODULES}`]: ['@swc/jest', { ...compiler, swcrc: false }],
  },
  transformIgnorePatterns: [`/node_modules/(?!jose/)`],
  // The packages of this repository by their sources; nothing has to be built.
  testEnvironmentOptions: {
    customExportConditions: ['node', 'node-addons', 'embedded-aws-source'],
  },
};

/**
 * The Jest projects of a package: unit tests anywhere under `test`, which touch no network, and the
 * end-to-end tests in `test/end-to-end`.
 * @param {string} rootDir folder of the package
 * @param {string} prefix of the projects' names
 */
function tiers(rootDir, prefix = '') {
  const tier = {
    ...everyTier,
    rootDir,
    testEnvironment: require.resolve('./environment.cjs'),
    runtime: require.resolve('./shared/runtime.cjs'),
    // Looking up a global of a test file's context is slow, a hundred times so in a loop; these, which
    // nobody replaces, are handed to each module instead.
    sandboxInjectedGlobals: [
      'Array',
      'BigInt',
      'Buffer',
      'JSON',
      'Map',
      'Math',
      'Number',
      'Object',
      'RegExp',
      'Set',
      'String',
      'Symbol',
      'Uint8Array',
    ],
  };
  const patience = require.resolve('./patience.ts');
  return [
    {
      ...tier,
      displayName: `${prefix}unit`,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/end-to-end/'],
      setupFilesAfterEnv: [require.resolve('./no-network.ts'), patience],
    },
    {
      ...tier,
      displayName: `${prefix}local`,
      testMatch: ['<rootDir>/test/end-to-end/**/*.test.ts'],
      setupFilesAfterEnv: [patience],
    },
  ];
}

module.exports = { everyTier, tiers };
