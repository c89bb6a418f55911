// Starts the API by a command, waits until it is ready, asks it for its streams, and stops it:
//
//   node .ci/start-until-ready.mjs 300 npm start
//
// The first argument is the limit in seconds. It needs nothing but Node, so it is the same on every
// system and in every shell. Exits with 0 only when the API answered and the command has ended.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const READY = /The API is ready at (\S+)[\s\S]*Ctrl-C stops it\./;
const SECONDS_TO_END = 30;
const isWindows = process.platform === 'win32';

const [seconds, ...command] = process.argv.slice(2);
if (!(Number(seconds) > 0) || command.length === 0) {
  console.error('Usage: node .ci/start-until-ready.mjs SECONDS COMMAND...');
  process.exit(2);
}

// By a shell, because npm is no program on Windows. Elsewhere it is a process group, which gets the
// signal as a whole, as from a terminal.
const child = spawn(command.join(' '), {
  shell: true,
  detached: !isWindows,
  stdio: ['ignore', 'pipe', 'pipe'],
});
const ended = once(child, 'close');

/** Ends it with all that it has started. */
function stop(signal) {
  if (isWindows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended.
    }
  }
}

/** Rejects when a promise has not settled in time. */
async function within(limit, promise, problem) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(problem)), limit * 1000);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

let output = '';
const ready = new Promise((resolve, reject) => {
  for (const [stream, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    stream.setEncoding('utf8').on('data', (text) => {
      to.write(text);
      output += text;
      const [, url] = READY.exec(output) ?? [];
      if (url) resolve(url);
    });
  }
  ended.then(([code]) => reject(new Error(`It ended with ${code} before it was ready.`)));
});

try {
  await within(seconds, ready, `It was not ready within ${seconds} s.`);
  const url = `${await ready}/streams`;
  const { status } = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (status !== 200) throw new Error(`GET ${url} was answered with ${status}.`);
  stop('SIGINT');
  await within(SECONDS_TO_END, ended, `It had not ended ${SECONDS_TO_END} s after Ctrl-C.`);
  console.log('Ready, answered, ended.');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  stop('SIGKILL');
}
