import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const VENV = path.join(__dirname, '..', '..', '..', '.venv', 'bin', 'python');

/** A test that needs Python with requests. */
export const pythonWithRequests = (name: string, run: (python: string) => Promise<void>) =>
  pythonWith(name, 'requests', run);

/**
 * A test that needs Python with a module. The project itself needs only Node, so elsewhere than in
 * CI, where it fails, the test is skipped when that is not there.
 */
export function pythonWith(
  name: string,
  module: string,
  run: (python: string) => Promise<void>,
): void {
  const python = existsSync(VENV) ? VENV : 'python3';
  if (process.env.CI || hasModule(python, module)) {
    test(name, () => run(python));
  } else {
    // biome-ignore lint/suspicious/noSkippedTests: reason above; CI never comes here
    test.skip(`${name} (not run: no python3 with ${module})`, () => {});
  }
}

function hasModule(python: string, module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
