// The command behind `npm start`: runs `serverless local`, and lets the embedded AWS load while the
// framework does.

const { asLine } = require('../framework/load-error.cjs');
const { ensureHome } = require('../process/home.cjs');

try {
  ensureHome();
  start();
} catch (error) {
  console.error(asLine(error).stack);
  process.exitCode = 1;
}

function start() {
  const CLI = require.resolve('serverless/bin/serverless.js');
  require('../typescript.cjs');
  const { startAhead } = require('./ahead.ts');
  const [node, , ...options] = process.argv;
  startAhead(options);
  process.argv = [node, CLI, 'local', ...options];
  require(CLI);
}
