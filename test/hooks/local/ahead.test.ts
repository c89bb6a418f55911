/** @jest-environment dev-kit/jest/isolated.cjs */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { launched, startAhead } from '../../../hooks/local/ahead';

jest.mock('node:child_process', () => ({ spawn: jest.fn() }));

/** A process that records whether it keeps its parent alive. */
function fakeProcess() {
  const child = Object.assign(new EventEmitter(), {
    connected: true,
    exitCode: null as number | null,
    holds: { process: true, channel: true },
    ref: () => {
      child.holds.process = true;
    },
    unref: () => {
      child.holds.process = false;
    },
    channel: {
      ref: () => {
        child.holds.channel = true;
      },
      unref: () => {
        child.holds.channel = false;
      },
    },
  });
  return child;
}

const spawned: ReturnType<typeof fakeProcess>[] = [];
const { AWS_PROFILE, LOCAL_AWS_ENDPOINT } = process.env;

beforeEach(() => {
  spawned.length = 0;
  jest.mocked(spawn).mockImplementation(() => {
    const child = fakeProcess();
    spawned.push(child);
    return child as unknown as ChildProcess;
  });
});
afterEach(() => {
  Object.assign(process.env, { AWS_PROFILE, LOCAL_AWS_ENDPOINT });
  if (AWS_PROFILE === undefined) delete process.env.AWS_PROFILE;
  if (LOCAL_AWS_ENDPOINT === undefined) delete process.env.LOCAL_AWS_ENDPOINT;
});

test('a process started ahead keeps this one alive only once it is taken, and is taken once', () => {
  startAhead(['--strict']);
  const [ahead] = spawned;
  expect(ahead?.holds).toEqual({ process: false, channel: false });

  expect(launched()).toBe(ahead);
  expect(ahead?.holds).toEqual({ process: true, channel: true });

  expect(launched()).toBe(spawned[1]);
  expect(spawned).toHaveLength(2);
});

test.each([
  ['--help', ['--help']],
  ['-h', ['--persist', 'state', '-h']],
])('nothing is started for %s', (_, options) => {
  startAhead(options);

  expect(spawned).toEqual([]);
});

test('nothing is started where LOCAL_AWS_ENDPOINT names another emulator', () => {
  process.env.LOCAL_AWS_ENDPOINT = 'http://localhost:4566';

  startAhead([]);

  expect(spawned).toEqual([]);
});

test.each([
  ['has ended', { exitCode: 1 }],
  ['has closed its channel', { connected: false }],
])('a process that %s is replaced', (_, state) => {
  startAhead([]);
  Object.assign(spawned[0] ?? {}, state);

  expect(launched()).toBe(spawned[1]);
});

test('a process that cannot start is no error until it is taken', () => {
  startAhead([]);

  expect(() => spawned[0]?.emit('error', new Error('spawn EAGAIN'))).not.toThrow();
  Object.assign(spawned[0] ?? {}, { connected: false });
  launched();
});

test('it does not inherit the AWS profile of the shell', () => {
  process.env.AWS_PROFILE = 'production';

  startAhead([]);

  const { env } = jest.mocked(spawn).mock.lastCall?.[2] ?? {};
  expect(env).toHaveProperty('PATH');
  expect(env).not.toHaveProperty('AWS_PROFILE');
  launched();
});
