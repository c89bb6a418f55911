// Makes .venv, and installs the packages of requirement files into it:
//
//   node .ci/python-packages.mjs examples/requirements.txt
//
// Python has another name, and a virtual environment other folders, on Windows.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const files = process.argv.slice(2);
const isWindows = process.platform === 'win32';

// A python3 on Windows may be no more than a link to the shop, which ends with an error.
const python = ['python3', 'python', 'py'].find(
  (name) => spawnSync(name, ['-c', 'import venv']).status === 0,
);
if (python === undefined || files.length === 0) {
  console.error(
    'Usage: node .ci/python-packages.mjs FILE..., with Python 3 and its venv installed.',
  );
  process.exit(2);
}

function run(command, ...options) {
  const { status } = spawnSync(command, options, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run(python, '-m', 'venv', '.venv');
run(
  isWindows ? path.join('.venv', 'Scripts', 'python.exe') : '.venv/bin/python',
  ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
  ...files.flatMap((file) => ['-r', file]),
);
