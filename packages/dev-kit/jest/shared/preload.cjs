// The first that a worker of Jest runs, before any module. See ./workers.cjs.

const { NODE_OPTIONS_OF_TESTS: options } = process.env;

// The processes that tests start must not get Jest's options.
delete process.env.NODE_OPTIONS_OF_TESTS;
if (options) process.env.NODE_OPTIONS = options;
else delete process.env.NODE_OPTIONS;

globalThis[Symbol.for('dev-kit.sharesModules')] = true;
