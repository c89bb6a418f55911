// The command behind `npm start`: runs `serverless local`, and lets the embedded AWS load while the
// framework does.

const CLI = require.resolve('serverless/bin/serverless.js');

require('../typescript.cjs');
const { startAhead } = require('./ahead.ts');

const [node, , ...options] = process.argv;
startAhead(options);
process.argv = [node, CLI, 'local', ...options];
require(CLI);
