import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { State } from '../../src/state';
import { lockDirectory } from '../../src/state/lock';
import { fateIn, type Holder, PROCESSES, type Processes } from '../../src/state/lock-holder';
import { folders } from './support';

const folder = folders();

function emptyFolder(): string {
  const directory = folder();
  fs.mkdirSync(directory);
  return directory;
}

/** A clock of which nobody waits, and what happens while it runs. */
function passing(meanwhile: (milliseconds: number) => void = () => undefined) {
  let time = 0;
  return {
    clock: () => time,
    pause: async (milliseconds: number) => {
      time += milliseconds;
      meanwhile(time);
    },
  };
}

const lockIn = (directory: string): string => path.join(directory, 'lock');

/** A lock that another process has left, or still has. */
function leave(directory: string, holder: object | string): void {
  const text = typeof holder === 'string' ? holder : JSON.stringify(holder);
  fs.writeFileSync(lockIn(directory), text);
}

/** Processes of another container: the same number, and nothing of each other. */
const elsewhere: Processes = {
  self: () => ({ pid: process.pid, began: '1', space: 'boot/pid:[2]' }),
  fateOf: () => 'unknown',
};

describe('what one process knows of another', () => {
  const own: Holder = { pid: 2, began: '500', space: 'boot/pid:[1]' };
  const running = (began: string | undefined) => () => ({ began });
  const gone = () => undefined;

  test.each([
    ['the same process', { pid: 7, began: '9', space: own.space }, running('9'), 'runs'],
    ['one that is gone', { pid: 7, began: '9', space: own.space }, gone, 'ended'],
    ['another with its number', { pid: 7, began: '9', space: own.space }, running('10'), 'ended'],
    ['an earlier one with our number', { pid: 2, began: '9', space: own.space }, gone, 'ended'],
    [
      'a number whose beginning nobody knows',
      { pid: 7, space: own.space },
      running(undefined),
      'unknown',
    ],
    [
      'our number in another namespace',
      { pid: 2, began: '500', space: 'boot/pid:[9]' },
      running('500'),
      'unknown',
    ],
    [
      'a number that is not there in another namespace',
      { pid: 7, began: '9', space: 'boot/pid:[9]' },
      gone,
      'unknown',
    ],
    [
      'one before the machine was booted',
      { pid: 7, began: '9', space: 'earlier/pid:[1]' },
      running('9'),
      'unknown',
    ],
    ['one of an earlier version that is gone', { pid: 7, began: 'boot/9' }, gone, 'unknown'],
  ] as const)('%s: %s', (_what, other, lookUp, fate) => {
    expect(fateIn(other, own, lookUp)).toBe(fate);
  });

  test('where only a machine has a name, the time of its boot tells it from another of that name', () => {
    const here: Holder = { pid: 2, space: 'laptop', booted: 1_000_000 };
    const other = (booted: number): Holder => ({ pid: 7, space: 'laptop', booted });

    expect(fateIn(other(1_004_000), here, gone)).toBe('ended');
    expect(fateIn(other(2_000_000), here, gone)).toBe('unknown');
  });

  test('of processes that there are', () => {
    const ended = spawnSync(process.execPath, ['-e', '0']).pid;
    const { began: _, ...self } = PROCESSES.self();

    expect(PROCESSES.fateOf({ ...self, pid: ended })).toBe('ended');
    expect(PROCESSES.fateOf({ ...self, pid: process.ppid })).toBe('unknown');
    expect(PROCESSES.fateOf({ ...self, pid: process.ppid, space: 'another' })).toBe('unknown');
  });
});

describe('a folder that another process has is refused', () => {
  test('at once and by its number, when it is known to run', async () => {
    const directory = emptyFolder();
    const text = JSON.stringify({ pid: 12, began: '1', space: 'here' });
    leave(directory, text);
    const processes: Processes = { ...elsewhere, fateOf: () => 'runs' };

    await expect(lockDirectory(directory, { processes, ...passing() })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      message: expect.stringContaining(
        'is in use: the embedded AWS that runs as process 12 has it.',
      ),
    });
    expect(fs.readFileSync(lockIn(directory), 'utf8')).toBe(text);
  });

  test.each([
    ['forward', 1],
    ['in the past, by a clock that differs by hours', -20 * 3_600],
  ])(
    'once it touches its lock, %s, without a word of whose number it is',
    async (_when, seconds) => {
      const directory = emptyFolder();
      leave(directory, { pid: process.pid, began: '1', space: 'boot/pid:[9]' });
      const touch = (time: number) => {
        const when = Date.now() / 1000 + seconds + time / 1000;
        if (time === 900) fs.utimesSync(lockIn(directory), when, when);
      };

      const taking = lockDirectory(directory, { processes: elsewhere, ...passing(touch) });

      await expect(taking).rejects.toMatchObject({
        code: 'STATE_LOCKED',
        message: expect.stringMatching(
          /in use: another embedded AWS.* touched its lock a moment ago/,
        ),
      });
      await expect(taking).rejects.not.toThrow(/process \d/);
    },
  );

  test('within the same process', async () => {
    const directory = emptyFolder();
    const state = await State.open(directory);

    await expect(State.open(directory)).rejects.toMatchObject({ code: 'STATE_LOCKED' });

    state.close();
    (await State.open(directory)).close();
  });
});

describe('a dead lock does not hold', () => {
  test('at once, when its holder has ended', async () => {
    const directory = emptyFolder();
    const { pid, ...space } = PROCESSES.self();
    leave(directory, { ...space, pid: spawnSync(process.execPath, ['-e', '0']).pid ?? pid });
    const pause = jest.fn();

    const lock = await lockDirectory(directory, { pause });

    expect(pause).not.toHaveBeenCalled();
    lock.release();
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  test.each([
    ['of another container', { pid: 2, began: '1', space: 'boot/pid:[9]' }],
    ['of an earlier version', { pid: 2_000_000, began: 'boot/1' }],
    ['that was never written', ''],
    ['that was never written to its end', '{"pid":1'],
  ])('after five seconds without a touch: one %s', async (_what, holder) => {
    const directory = emptyFolder();
    leave(directory, holder);
    const time = passing();

    const lock = await lockDirectory(directory, { processes: elsewhere, ...time });

    expect(time.clock()).toBe(5_000);
    lock.release();
  });

  test('and one that ends meanwhile is taken over without more waiting', async () => {
    const directory = emptyFolder();
    leave(directory, { pid: 2, began: '1', space: 'boot/pid:[9]' });
    const time = passing((now) => {
      if (now === 700) fs.rmSync(lockIn(directory));
    });

    const lock = await lockDirectory(directory, { processes: elsewhere, ...time });

    expect(time.clock()).toBe(700);
    lock.release();
  });
});

describe('a holder', () => {
  test('touches its lock, so that another one sees it', async () => {
    const directory = emptyFolder();
    const lock = await lockDirectory(directory);
    const hourAgo = Date.now() / 1000 - 3_600;
    fs.utimesSync(lockIn(directory), hourAgo, hourAgo);

    while (fs.statSync(lockIn(directory)).mtimeMs < hourAgo * 1000 + 1_000_000) {
      await new Promise(setImmediate);
    }

    lock.release();
  });

  test('that did not respond and whose folder was taken keeps nothing more, and says so', async () => {
    const directory = emptyFolder();
    const time = passing();
    const lock = await lockDirectory(directory, time);
    const told: Error[] = [];
    lock.whenTaken((error) => told.push(error));
    const other = JSON.stringify({ pid: 2, began: '1', space: 'boot/pid:[9]' });

    await time.pause(4_000);
    expect(() => lock.requireHeld()).not.toThrow();
    leave(directory, other);
    await time.pause(4_000);

    expect(() => lock.requireHeld()).toThrow(/was taken by another embedded AWS/);
    expect(() => lock.requireHeld()).toThrow(/was taken by another embedded AWS/);
    expect(told).toEqual([expect.objectContaining({ code: 'STATE_TAKEN' })]);
    lock.release();
    expect(fs.readFileSync(lockIn(directory), 'utf8')).toBe(other);
  });

  test('whose lock was deleted by hand makes it again', async () => {
    const directory = emptyFolder();
    const time = passing();
    const lock = await lockDirectory(directory, time);
    fs.rmSync(lockIn(directory));

    await time.pause(4_000);
    lock.requireHeld();

    expect(fs.existsSync(lockIn(directory))).toBe(true);
    lock.release();
  });
});
