const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const SLOWEST = 15;
/** Fewer are looked over at a glance. */
const WORTH_A_TABLE = 20;

/** Where the seconds of each test file are kept, by path from the root with slashes. */
const timesFile = (root) => path.join(root, 'node_modules', '.cache', 'test-seconds.json');

/** @returns {Record<string, number>} the seconds that each test file took when it last ran */
function knownTimes(root) {
  try {
    return JSON.parse(readFileSync(timesFile(root), 'utf8'));
  } catch {
    return {}; // The first run, or a file that a killed one left.
  }
}

/** Two runs at once must not find half a file. */
function keep(root, seconds) {
  const file = timesFile(root);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify({ ...knownTimes(root), ...seconds }));
  renameSync(`${file}.${process.pid}`, file);
}

const sum = (rows) => rows.reduce((total, [, seconds]) => total + seconds, 0);
const inTens = (seconds) => seconds.toFixed(1).padStart(8);

/** Jest's reporter of seconds by file: it keeps them, and shows the slowest files of a long run. */
class Times {
  #root;

  constructor({ rootDir }) {
    this.#root = rootDir;
  }

  onRunComplete(_contexts, { testResults }) {
    const rows = testResults
      .map(({ testFilePath, perfStats }) => [
        path.relative(this.#root, testFilePath).replaceAll('\\', '/'),
        perfStats.runtime / 1000,
      ])
      .sort(([, a], [, b]) => b - a);
    keep(this.#root, Object.fromEntries(rows));
    if (rows.length < WORTH_A_TABLE) return;
    const endToEnd = rows.filter(([file]) => file.includes('test/end-to-end/'));
    const unit = rows.filter((row) => !endToEnd.includes(row));
    const lines = [
      '\nSeconds, summed over workers:',
      `${inTens(sum(unit))}  unit, ${unit.length} files`,
      `${inTens(sum(endToEnd))}  end-to-end, ${endToEnd.length} files`,
      'Slowest files:',
      ...rows.slice(0, SLOWEST).map(([file, seconds]) => `${inTens(seconds)}  ${file}`),
    ];
    process.stderr.write(`${lines.join('\n')}\n`);
  }
}

module.exports = Times;
module.exports.knownTimes = knownTimes;
