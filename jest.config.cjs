// The SDK would print it in every process, over and over.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const everyTier = {
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  testEnvironment: '<rootDir>/test/support/test-environment.cjs',
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

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  projects: [
    {
      ...everyTier,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/test/**/*.test.ts',
        '<rootDir>/packages/embedded-aws/test/**/*.test.ts',
      ],
      testPathIgnorePatterns: ['<rootDir>/test/end-to-end/', '/test/differential/'],
      setupFilesAfterEnv: [
        '<rootDir>/test/support/no-network.ts',
        '<rootDir>/test/support/patience.ts',
      ],
    },
    {
      ...everyTier,
      displayName: 'local',
      testMatch: ['<rootDir>/test/end-to-end/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
    },
  ],
};
