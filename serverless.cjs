// The framework takes this for the service. It loads serverless.ts the way the plugins are loaded,
// and so an error in it is one line: the framework's own loader prints its stack.
require('./hooks/typescript.cjs');
module.exports = require('./serverless.ts').default;
