import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from './support/processes';
import { serviceCopy } from './support/service-copy';

// The tests still pass after a user's first changes: service name, a tag, parameters.

const ROOT = path.join(__dirname, '..', '..');
const NOT_COPIED = new Set(['node_modules', '.git', '.serverless', '.venv', 'bench']);

/** Tests that read the stack, the service or its tags, but for those that take many seconds. */
const TESTS = [
  'test/resources/stack.test.ts',
  'test/resources/alarms.test.ts',
  'test/resources/canary.test.ts',
  'test/resources/conditions.test.ts',
  'test/resources/kafka.test.ts',
  'test/hooks/rollout/api-of.test.ts',
  'test/hooks/rollout/settings.test.ts',
  'test/hooks/drift/repository.test.ts',
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'renamed-'));
  for (const part of readdirSync(ROOT).filter((name) => !NOT_COPIED.has(name))) {
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  change('serverless.ts', /service: '.*'/, "service: 'order-intake'");
  change(
    'serverless.ts',
    /kinesisRestProxy\(\{[\s\S]*?\}\);/,
    "kinesisRestProxy({ stages: { default: { streams: 'orders-*' }, dev: { authorization: 'API_KEY', manageStreams: 'anyone' } } });",
  );
  change('resources/tags.ts', /const TAGS = \[/, "$&{ Key: 'team', Value: 'payments' },");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function change(file: string, pattern: RegExp, replacement: string): void {
  const text = readFileSync(path.join(folder, file), 'utf8');
  expect(text).toMatch(pattern);
  writeFileSync(path.join(folder, file), text.replace(pattern, replacement));
}

test('a service that was renamed, tagged and given parameters passes its tests', async () => {
  const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [
    '--selectProjects',
    'unit',
    '--maxWorkers=1',
    '--silent',
    '--json',
    '--runTestsByPath',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [jest, ...args, ...TESTS], {
    cwd: folder,
    env: bareEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout: string }) => error);
  const { testResults } = JSON.parse(stdout) as {
    testResults: { name: string; status: string; message: string }[];
  };

  expect(testResults).toHaveLength(TESTS.length);
  expect(testResults.filter(({ status }) => status !== 'passed')).toEqual([]);
});

test('end-to-end tests get it as it was delivered', () => {
  const copy = serviceCopy(folder);
  const config = readFileSync(path.join(copy.folder, 'serverless.ts'), 'utf8');
  copy.remove();

  expect(config).toContain("service: 'kinesis-rest-proxy'");
  expect(config).not.toContain('order-intake');
  expect(config).toContain('kinesisRestProxy({ stages: {}, streams });');
});
