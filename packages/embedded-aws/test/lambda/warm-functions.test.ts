import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testWith } from 'dev-kit/testing/systems';
import { until } from 'dev-kit/testing/until';
import { WarmFunctions } from '../../src/lambda/warm-functions';

// Processes take their time on a busy machine. This bound only ends what hangs.
jest.setTimeout(60_000);

const warm: WarmFunctions[] = [];

afterEach(async () => {
  await Promise.all(warm.splice(0).map((functions) => functions.close()));
});

/** Runs events in the processes of a function, one after the other. */
function functionOf(
  code: string,
  more: { timeoutSeconds?: number; memoryMb?: number } = {},
  mostAtOnce?: number,
) {
  const functions = new WarmFunctions(mostAtOnce);
  warm.push(functions);
  let starts = 0;
  const settings = () => {
    starts++;
    return {
      files: [{ path: 'index.js', data: Buffer.from(code) }],
      handler: 'index.handler',
      environment: {},
      timeoutSeconds: 30,
      memoryMb: 128,
      logStream: `process ${starts}`,
      ...more,
    };
  };
  const run = async (event: unknown, key = 'fn', patienceMs?: number) => {
    const one = { requestId: 'id', event, context: {} };
    const { payload, failed, log } = await functions.run(key, settings, one, patienceMs);
    return { result: JSON.parse(payload), failed, log };
  };
  return { functions, run, starts: () => starts };
}

/** False also for a process that has ended and waits for a parent to notice, as in containers. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).syscall === 'open' && process.platform !== 'linux';
  }
}

const COUNTING = `
  let count = 0;
  exports.handler = async (event) => {
    console.log('grüß', event);
    console.error('err', event);
    if (event === 'throw') throw new Error('broken');
    if (event === 'exit') process.exit(3);
    if (event === 'loop') for (;;);
    return ++count;
  };`;

describe('a warm function', () => {
  test('keeps its process from one event to the next, and each event its own output', async () => {
    const { run, starts } = functionOf(COUNTING);

    const runs = [await run(1), await run('throw'), await run(2)];

    expect(runs.map(({ result }) => result)).toEqual([
      1,
      expect.objectContaining({ errorType: 'Error', errorMessage: 'broken' }),
      2,
    ]);
    expect(runs.map(({ log }) => log.split('\n').sort())).toEqual([
      ['', 'err 1', 'grüß 1'],
      ['', 'err throw', 'grüß throw'],
      ['', 'err 2', 'grüß 2'],
    ]);
    expect(starts()).toBe(1);
  });

  test('has a process for each version', async () => {
    const { run } = functionOf(COUNTING);

    const results = [await run(1, 'a'), await run(1, 'b'), await run(2, 'a')];

    expect(results.map(({ result }) => result)).toEqual([1, 1, 2]);
  });

  test('runs several events at the same time', async () => {
    const { run } = functionOf('exports.handler = async () => process.pid;');

    const pids = await Promise.all([run(1), run(2), run(3)].map(async (one) => (await one).result));

    expect(new Set(pids).size).toBe(3);
  });

  test('waits for its turn while the most run, unless its patience ends', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'warm-'));
    const file = path.join(folder, 'end');
    const { run, starts } = functionOf(
      `const { existsSync } = require('node:fs');
      exports.handler = async (waits) => {
        while (waits && !existsSync(${JSON.stringify(file)})) await new Promise(setImmediate);
        return process.pid;
      };`,
      {},
      1,
    );
    const first = run(true);
    const patient = run(false);
    const impatient = await run(false, 'fn', 1);
    expect(starts()).toBe(2);

    writeFileSync(file, '');

    const pids = [(await first).result, (await patient).result];
    expect(pids).toEqual([pids[0], pids[0]]);
    expect(impatient.result).not.toBe(pids[0]);
    rmSync(folder, { recursive: true });
  });

  test('lets Node end while it waits for an event', async () => {
    const { run } = functionOf('exports.handler = async () => 1;');
    /** Open handles that keep Node running, such as child processes and their pipes. */
    const handles = () => process.getActiveResourcesInfo().filter((name) => name.endsWith('Wrap'));
    const before = handles();

    await run(1);

    expect(handles()).toEqual(before);
  });

  test('that cannot be loaded is loaded anew, as nothing may be left of what went wrong', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'warm-'));
    const file = path.join(folder, 'text');
    const { run, starts } = functionOf(
      `const text = require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8');
      exports.handler = async () => text;`,
    );
    const { failed } = await run(1);

    writeFileSync(file, 'text');

    expect([failed, (await run(2)).result, starts()]).toEqual([true, 'text', 2]);
    rmSync(folder, { recursive: true });
  });

  test('that ends its process gets another one', async () => {
    const { run, starts } = functionOf(COUNTING);

    expect(await run('exit')).toMatchObject({
      failed: true,
      result: {
        errorType: 'Runtime.ExitError',
        errorMessage: 'RequestId: id Error: Runtime exited with error: exit status 3',
      },
    });
    expect(await run(1)).toMatchObject({ failed: false, result: 1 });
    expect(starts()).toBe(2);
  });

  test('that never ends is ended', async () => {
    const { run } = functionOf(COUNTING, { timeoutSeconds: 1 });

    expect(await run('loop')).toMatchObject({
      failed: true,
      result: { errorMessage: 'RequestId: id Error: Task timed out after 1.00 seconds' },
    });
    expect((await run(1)).result).toBe(1);
  });

  async function endsFor(memory: string) {
    const { run } = functionOf(
      `exports.handler = async (event) => { if (event) return 1; ${memory} };`,
    );

    const { failed, result } = await run(0);

    expect(failed).toBe(true);
    expect(result.errorMessage).toMatch(/Runtime exited with error: signal: (aborted|killed)$/);
    expect((await run(1)).result).toBe(1);
  }

  test('whose objects take more memory than it has is ended', () =>
    endsFor('const all = []; for (;;) all.push({ some: [all.length] });'));

  testWith('process memory')('whose buffers take more memory than it has is ended', () =>
    endsFor(
      'const all = []; for (;;) { all.push(Buffer.alloc(8 * 1024 * 1024, 1)); await new Promise(setImmediate); }',
    ),
  );

  test.each(['process.send?.("ready")', 'process.send?.(null)', 'process.disconnect?.()'])(
    'finds no parent process to tell, as on Lambda: %s',
    async (statement) => {
      const { run } = functionOf(`exports.handler = async () => { ${statement}; return 1; };`);

      expect(await run('event')).toMatchObject({ failed: false, result: 1 });
    },
  );

  testWith('process groups').each(['exit', 'loop', ''])(
    'leaves no process behind that it has started, whatever ends it: %s',
    async (event) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'warm-'));
      const file = path.join(folder, 'pid');
      const { run, functions } = functionOf(
        `const { spawn } = require('node:child_process');
        exports.handler = async (event) => {
          const child = spawn(process.execPath, ['-e', 'for (;;);']);
          require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid));
          if (event === 'exit') process.exit(1);
          if (event === 'loop') for (;;);
        };`,
        { timeoutSeconds: event === 'loop' ? 1 : 30 },
      );

      await run(event);
      await functions.close();

      const pid = Number(readFileSync(file, 'utf8'));
      await until(() => !isRunning(pid));
      rmSync(folder, { recursive: true });
    },
  );

  test('takes its folder with it, should nobody be left to do that', async () => {
    const { run } = functionOf(
      `exports.handler = async (end) => {
        if (end) process.exit(1);
        return __dirname;
      };`,
    );
    const { result: folder } = await run(false);

    await run(true);

    expect(existsSync(path.join(folder, '..', 'bootstrap.cjs'))).toBe(false);
  });

  test('does not run on after the end: its process is gone, and what it did has no outcome', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'warm-'));
    const file = path.join(folder, 'pid');
    const { run, functions } = functionOf(
      `exports.handler = async (file) => {
        require('node:fs').writeFileSync(file, String(process.pid));
        for (;;);
      };`,
    );
    const cut = expect(run(file)).rejects.toMatchObject({ code: 'ServiceException' });
    await until(() => existsSync(file) && readFileSync(file, 'utf8') !== '');
    const pid = Number(readFileSync(file, 'utf8'));

    await functions.close();

    await cut;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(run(file)).rejects.toMatchObject({ code: 'ServiceException' });
    rmSync(folder, { recursive: true });
  });
});
