const { sharesModules } = require('./shared/workers.cjs');

/** The environment of a test file that does not ask for another. */
module.exports = sharesModules()
  ? require('./shared/environment.cjs').SharedEnvironment
  : require('./isolated.cjs');
