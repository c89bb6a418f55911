import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const isWindows = process.platform === 'win32';
const ROOT = path.join(__dirname, '..', '..', '..');
/** The Python that `.ci/python-packages.mjs` installs packages for. */
const VENV = path.join(
  ROOT,
  '.venv',
  ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);

type Run = (python: string) => Promise<void>;

/** Declares a test: Jest's own `test` unless told otherwise, as for a story (in-order.ts). */
type Declare = (name: string, body: () => Promise<void>) => void;

/** A test that needs Python with requests; see {@link pythonWith}. */
export function pythonWithRequests(name: string, run: Run, declare?: Declare): void {
  pythonWith(name, ['requests'], run, declare);
}

/** A test that needs Python with all of examples/requirements.txt; see {@link pythonWith}. */
export function pythonForExamples(name: string, run: Run): void {
  pythonWith(name, ['requests', 'botocore'], run);
}

/**
 * The project itself needs only Node, so elsewhere than in CI, where it fails, the test is skipped
 * when Python is not there.
 */
export function pythonWith(
  name: string,
  modules: readonly string[],
  run: Run,
  declare: Declare = test,
): void {
  const python = existsSync(VENV) ? VENV : isWindows ? 'python' : 'python3';
  if (process.env.CI || has(python, modules)) {
    declare(name, () => run(python));
  } else {
    // biome-ignore lint/suspicious/noSkippedTests: reason above; CI never comes here
    test.skip(`${name} (not run: no Python with ${modules.join(' and ')})`, () => {});
  }
}

const found = new Map<string, boolean>();

/** True if the modules are installed. Cached, because starting Python takes a while. */
function has(python: string, modules: readonly string[]): boolean {
  const names = modules.join(', ');
  const known = found.get(names);
  if (known !== undefined) return known;
  let isThere = true;
  try {
    // find_spec imports nothing: botocore takes long.
    const check = modules.map((name) => `assert find_spec('${name}')`).join('; ');
    execFileSync(python, ['-c', `from importlib.util import find_spec; ${check}`], {
      stdio: 'ignore',
    });
  } catch {
    isThere = false;
  }
  found.set(names, isThere);
  return isThere;
}
