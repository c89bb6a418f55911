import os from 'node:os';

interface Environment {
  readonly moduleMocker: typeof jest;
  readonly fakeTimersModern: { useFakeTimers(): void };
  setup(): Promise<void>;
  teardown(): Promise<void>;
}
const { SharedEnvironment } = require('../../jest/shared/environment.cjs') as {
  SharedEnvironment: new (config: { projectConfig: object }) => Environment;
};

/** Runs what a test file does, in an environment of its own. */
async function asTestFile(act: (environment: Environment) => void): Promise<void> {
  const environment = new SharedEnvironment({ projectConfig: { fakeTimers: {} } });
  await environment.setup();
  act(environment);
  await environment.teardown();
}

test.each<[string, () => unknown, () => void]>([
  ['a variable that is set', () => process.env.OF_A_TEST, () => (process.env.OF_A_TEST = 'set')],
  ['a variable that is removed', () => process.env.PATH, () => delete process.env.PATH],
  ['arguments', () => process.argv, () => (process.argv = ['node', 'other'])],
  ['the exit code', () => process.exitCode, () => (process.exitCode = 7)],
  ['the folder', () => process.cwd(), () => process.chdir(os.tmpdir())],
  ['the console', () => console, () => (globalThis.console = Object.create(console))],
  ['fetch', () => fetch, () => (globalThis.fetch = () => Promise.reject(new Error('none')))],
])('the next test file does not find %s', async (_, read, change) => {
  const before = read();
  await asTestFile(() => {
    change();
    expect(read()).not.toBe(before);
  });

  expect(read()).toBe(before);
});

test('the next test file finds what was spied on as it was', async () => {
  const before = os.hostname;
  await asTestFile(({ moduleMocker }) => {
    moduleMocker.spyOn(os, 'hostname').mockReturnValue('nowhere');
    expect(os.hostname()).toBe('nowhere');
  });

  expect(os.hostname).toBe(before);
});

test('the next test file has a clock that goes', async () => {
  const before = setTimeout;
  await asTestFile(({ fakeTimersModern }) => {
    fakeTimersModern.useFakeTimers();
    expect(setTimeout).not.toBe(before);
  });

  expect(setTimeout).toBe(before);
});
