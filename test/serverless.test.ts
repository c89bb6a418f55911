/** @jest-environment dev-kit/jest/isolated.cjs */
import child_process from 'node:child_process';

const STARTERS = [
  'spawn',
  'spawnSync',
  'fork',
  'exec',
  'execSync',
  'execFile',
  'execFileSync',
] as const;

const { argv } = process;
afterEach(() => {
  process.argv = argv;
});

test.each([
  [[]],
  [['local']],
  [['local', '--strict', '--watch']],
  [['deploy', '--stage', 'dev', '--param', 'canary=rate(5 minutes)']],
])('serverless.ts starts no process when it is loaded for %j', (args) => {
  const starters = STARTERS.map((name) =>
    jest.spyOn(child_process, name).mockImplementation(() => {
      throw new Error(`${name} was called`);
    }),
  );
  process.argv = ['node', 'serverless', ...args];

  jest.isolateModules(() => {
    const { default: service } = require('../serverless.ts');
    expect(service).toMatchObject({ provider: { name: 'aws' } });
  });

  for (const starter of starters) expect(starter).not.toHaveBeenCalled();
});

test('a parameter of the command line without a value is refused', () => {
  process.argv = ['node', 'serverless', 'deploy', '--param', 'streams'];

  jest.isolateModules(() => {
    expect(() => require('../serverless.ts')).toThrow('--param streams: it takes name=value.');
  });
});
