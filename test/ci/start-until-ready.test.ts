import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { watch } from 'dev-kit/testing/processes';

// The script that CI runs on every system, here with commands that stand for `npm start`.

const SCRIPT = path.join(__dirname, '..', '..', '.ci', 'start-until-ready.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'start until ready-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with a command: Node with the code. */
async function start(seconds: string, code: string) {
  writeFileSync(path.join(folder, 'command.cjs'), code);
  const running = watch(
    spawn(process.execPath, [SCRIPT, seconds, 'node', 'command.cjs'], { cwd: folder }),
  );
  return { code: await running.code, output: running.output() };
}

/** A server that says that it is ready, and answers with a status. */
const serving = (status: number) =>
  `require('node:http')
    .createServer((request, response) => {
      response.statusCode = request.url === '/local/streams' ? ${status} : 404;
      response.end();
    })
    .listen(0, '127.0.0.1', function () {
      process.stdout.write('The API is ready at ');
      console.log('http://127.0.0.1:' + this.address().port + '/local');
      console.log('Ctrl-C stops it.');
    });
  process.on('SIGINT', () => process.exit());`;

test('an API that answers, and ends when it is told to, is fine', async () => {
  const { code, output } = await start('60', serving(200));

  expect(output).toContain('Ready, answered, ended.');
  expect(code).toBe(0);
});

test.each([
  ['ends before it is ready', '60', 'process.exit(3)', 'It ended with 3 before it was ready.'],
  ['is never ready', '1', 'setInterval(() => {}, 1000)', 'It was not ready within 1 s.'],
  ['does not answer', '60', serving(500), 'was answered with 500.'],
])('one that %s is not', async (_, seconds, command, problem) => {
  const { code, output } = await start(seconds, command);

  expect(output).toContain(problem);
  expect(code).toBe(1);
});

test('how it is used is said when the time or the command is missing', async () => {
  const running = watch(spawn(process.execPath, [SCRIPT, 'npm', 'start']));

  expect(await running.code).toBe(2);
  expect(running.output()).toContain('Usage: node .ci/start-until-ready.mjs SECONDS COMMAND...');
});
