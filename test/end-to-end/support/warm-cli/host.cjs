// A process that runs the CLI again and again: what it has loaded for one command, the next one finds.
// Whatever ends a command's process ends this one, with its output and exit code.

const { forgetModules } = require('./modules.cjs');
const { noteState, setEnvironment } = require('./process-state.cjs');

const CLI = require.resolve('serverless/bin/serverless.js');

process.on('disconnect', () => process.exit());
process.on('message', begin);

const restore = noteState();

/** @param command its folder, arguments and environment */
function begin({ folder, args, environment }) {
  // Nothing but the command's own work keeps this process alive from here on.
  process.channel.unref();
  setEnvironment(environment);
  process.chdir(folder);
  process.argv = [process.execPath, CLI, ...args];
  process.once('beforeExit', end);
  require(CLI);
}

/** Node has nothing left to do: here a command's process would end. */
function end() {
  process.emit('exit', process.exitCode ?? 0);
  const code = process.exitCode ?? 0;
  process.exitCode = undefined;
  restore();
  forgetModules();
  process.channel.ref();
  // Each stream says so, too: a message may overtake what was written before it.
  for (const stream of [process.stdout, process.stderr]) stream.write('\0');
  process.send({ code });
}
