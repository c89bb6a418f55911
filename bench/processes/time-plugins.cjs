// Loaded first into the CLI (NODE_OPTIONS): says what loading and constructing each plugin of the
// service cost, as one line of JSON on standard error when the process ends.
const Module = require('node:module');
const path = require('node:path');

const hooks = path.join(process.cwd(), 'hooks') + path.sep;
const times = {};
const { _load: load } = Module;
let depth = 0;

Module._load = function (request, parent, isMain) {
  const isPlugin =
    depth === 0 && path.isAbsolute(request) && path.dirname(request) + path.sep === hooks;
  if (!isPlugin) return load.call(this, request, parent, isMain);
  depth += 1;
  const before = process.cpuUsage();
  try {
    return load.call(this, request, parent, isMain);
  } finally {
    depth -= 1;
    const { user, system } = process.cpuUsage(before);
    const name = path.basename(request, '.ts');
    times[name] = (times[name] ?? 0) + (user + system) / 1000;
  }
};

process.on('exit', () => {
  process.stderr.write(`\nbench:plugins ${JSON.stringify(times)}\n`);
});
