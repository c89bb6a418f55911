// The command behind `npm start`: `serverless local`, while whose framework loads the embedded AWS
// does so too.

const CLI = require.resolve('serverless/bin/serverless.js');

require('../typescript.cjs');
const { startAhead } = require('./ahead.ts');

const [node, , ...options] = process.argv;
startAhead(options);
process.argv = [node, CLI, 'local', ...options];
require(CLI);
