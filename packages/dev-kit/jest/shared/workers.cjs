const PRELOAD = require.resolve('./preload.cjs');

const quoted = (file) => JSON.stringify(file);

/**
 * Lets the workers of Jest run test files in Node's own realm, where modules are loaded once for all
 * (./runtime.cjs). The environment is the one public way to give them options of Node.
 * @param {object} options
 * @param {readonly string[]} options.conditions of exports, as of Node's --conditions
 * @param {readonly string[]} options.preload modules that are required first, by path
 */
function shareModules({ conditions, preload }) {
  const { NODE_OPTIONS: options = '' } = process.env;
  process.env.NODE_OPTIONS_OF_TESTS = options;
  process.env.NODE_OPTIONS = [
    options,
    // Most objects of a test file die with it: a large young generation collects them without copying.
    '--max-semi-space-size=64',
    ...conditions.map((condition) => `--conditions=${condition}`),
    ...[PRELOAD, ...preload].map((file) => `--require=${quoted(file)}`),
  ].join(' ');
}

/** True in a worker that shares modules. Tests in Jest's own process (`--runInBand`) are isolated. */
const sharesModules = () => globalThis[Symbol.for('dev-kit.sharesModules')] === true;

module.exports = { shareModules, sharesModules };
