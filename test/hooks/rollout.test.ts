import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Options, Serverless, Utils } from '../../hooks/framework';
import RolloutPlugin from '../../hooks/rollout';
import SweepPlugin from '../../hooks/sweep';
import { defaults } from '../../resources/parameters';

const utils = { log: { notice: jest.fn(), warning: jest.fn() } } as unknown as Utils;

function serverless(parameters: Readonly<Record<string, string>> = {}): Serverless {
  return {
    service: { custom: { kinesisRestProxy: { parameters: { ...defaults, ...parameters } } } },
    classes: { Error },
    processedInput: { commands: ['deploy'] },
    getProvider: () => ({
      getStage: () => 'dev',
      getRegion: () => 'us-east-1',
      getAwsSdkV3Config: async () => ({ region: 'us-east-1' }),
    }),
  } as unknown as Serverless;
}

const beforeDeploy = async (options: Options, parameters?: Record<string, string>) =>
  new RolloutPlugin(serverless(parameters), options, utils).hooks['before:deploy:deploy']?.();

// A verification that cannot start sets the exit code of this very process.
const listeners = process.listeners('exit');
afterAll(() => {
  for (const listener of process.listeners('exit')) {
    if (!listeners.includes(listener)) process.removeListener('exit', listener);
  }
});

test('--on-failure takes leave or rollback', async () => {
  await expect(beforeDeploy({ 'on-failure': 'panic' })).rejects.toThrow(
    '--on-failure panic: it takes leave or rollback.',
  );
});

test('nothing is deployed whose report could not be written afterwards', async () => {
  await expect(beforeDeploy({ report: 'report.txt' })).rejects.toThrow(
    "--report report.txt: the file's name says the format",
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  const within = path.join(folder, 'a file');
  writeFileSync(within, '');
  mkdirSync(path.join(folder, 'folder.json'));
  for (const report of [path.join(within, 'verify.json'), path.join(folder, 'folder.json')]) {
    await expect(beforeDeploy({ report })).rejects.toThrow(`--report ${report} cannot be written`);
  }
  await expect(
    beforeDeploy({ report: path.join(folder, 'new', 'verify.xml') }),
  ).resolves.toBeUndefined();
  rmSync(folder, { recursive: true });
});

test('a protected stage is not deployed when it could not be verified afterwards', async () => {
  const isProtected = { protected: 'true' };
  await expect(beforeDeploy({}, isProtected)).rejects.toThrow('Stage dev is protected');
  for (const option of ['read-only', 'allow-protected', 'skip-verify'] as const) {
    await expect(beforeDeploy({ [option]: true }, isProtected)).resolves.toBeUndefined();
  }
});

test('a stage of one stream is deployed like any other', async () => {
  await expect(beforeDeploy({}, { streams: 'orders' })).resolves.toBeUndefined();
});

test.each(['yesterday', '1', 'h', '1w', '-1h', '1h30m'])(
  'sweep --older-than %s is refused',
  async (age) => {
    const plugin = new SweepPlugin(serverless(), { 'older-than': age }, utils);
    await expect(plugin.hooks['sweep:run']?.()).rejects.toThrow('such as 30m, 2h or 1d');
  },
);
