import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pythonForExamples } from 'dev-kit/testing/python';
import '../../packages/dev-kit/jest/patience';

// The examples' own tests are in Python, beside this file; they touch no network.

const ROOT = path.join(__dirname, '..', '..');

pythonForExamples("the examples' unit tests pass", async (python) => {
  const { status, stderr } = spawnSync(
    python,
    ['-m', 'unittest', 'discover', '-s', path.join(ROOT, 'test', 'examples')],
    { env: { ...process.env, PYTHONPATH: path.join(ROOT, 'examples') }, encoding: 'utf8' },
  );

  // unittest is content with no test at all.
  expect(stderr).toMatch(/Ran \d\d+ tests/);
  expect({ status, failures: status === 0 ? '' : stderr }).toEqual({ status: 0, failures: '' });
});
