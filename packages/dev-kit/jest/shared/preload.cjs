// The first that a worker of Jest runs, before any module. See ./workers.cjs.

const { setFlagsFromString } = require('node:v8');

// Tests run much code, and little of it often: at V8's own budget more is optimized than a worker earns
// back, at a million too little. NODE_OPTIONS takes neither.
for (const flag of ['--always-sparkplug', '--interrupt-budget=300000']) setFlagsFromString(flag);

const { NODE_OPTIONS_OF_TESTS: options } = process.env;

// The processes that tests start must not get Jest's options.
delete process.env.NODE_OPTIONS_OF_TESTS;
if (options) process.env.NODE_OPTIONS = options;
else delete process.env.NODE_OPTIONS;

globalThis[Symbol.for('dev-kit.sharesModules')] = true;
