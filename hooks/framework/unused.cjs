// Cleans up what is cached from one command to the next.

const { readdirSync, rmSync, statSync } = require('node:fs');
const path = require('node:path');

/** A file that was not used for a week belongs to an earlier version, or to a deleted checkout. */
const UNUSED_MS = 7 * 86_400_000;

/**
 * Removes the files of a folder that were not modified for a week.
 * @param {string} folder
 */
function removeUnused(folder) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    // Another process may have moved its own file meanwhile.
    const modifiedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modifiedMs > UNUSED_MS) remove(file);
  }
}

function remove(file) {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is another user's, or on Windows a program holds it: it does no harm.
  }
}

module.exports = { removeUnused };
