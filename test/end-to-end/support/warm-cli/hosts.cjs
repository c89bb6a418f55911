// Runs the CLI in processes that are kept for the next command, one at a time in each. They belong to a
// worker of Jest, not to a test file, and end with it.

const { fork } = require('node:child_process');
const path = require('node:path');

/** Each holds some 150 MB; commands at once are rare. */
const MOST_IDLE = 2;

/** A process grows by some two megabytes with each command. */
const MOST_COMMANDS = 100;

/** A command runs much code, none of it often, and leaves much behind: a seventh less CPU time. */
const NODE_OPTIONS = ['--interrupt-budget=1000000', '--max-semi-space-size=32'];

const idle = [];

/**
 * Runs the CLI to its end.
 * @returns its exit code, and its output of both streams as it came
 */
function runWarmCli(folder, args, environment) {
  const host = idle.pop() ?? startHost();
  return host.run({ folder, args, environment });
}

function startHost() {
  const child = fork(path.join(__dirname, 'host.cjs'), { execArgv: NODE_OPTIONS, silent: true });
  const handles = [child, child.channel, child.stdin, child.stdout, child.stderr];
  /** Of the current command. */
  let output = '';
  let waiting = 0;
  let commands = 0;
  let code;
  let settle = () => {};

  const host = {
    run(command) {
      for (const handle of handles) handle.ref();
      output = '';
      waiting = 3;
      commands += 1;
      return new Promise((resolve) => {
        settle = resolve;
        child.send(command);
      });
    },
  };

  /** Both streams are at their end, and the exit code is there. */
  const oneMore = () => {
    waiting -= 1;
    if (waiting > 0) return;
    for (const handle of handles) handle.unref();
    if (idle.length < MOST_IDLE && commands < MOST_COMMANDS) idle.push(host);
    else child.disconnect();
    settle({ code, output });
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      const isEnd = text.endsWith('\0');
      output += isEnd ? text.slice(0, -1) : text;
      if (isEnd) oneMore();
    });
  }
  child.on('message', (message) => {
    code = message.code;
    oneMore();
  });
  child.on('close', (exitCode) => {
    const at = idle.indexOf(host);
    if (at >= 0) idle.splice(at, 1);
    settle({ code: exitCode, output });
  });
  return host;
}

module.exports = { runWarmCli };
