// What is kept from one start to the next goes when nobody needs it any more.

const { readdirSync, rmSync, statSync } = require('node:fs');
const path = require('node:path');

/** What nobody has written for so long is of a version or of a checkout that is no more. */
const UNUSED_MS = 7 * 86_400_000;

/** @param {string} folder whose files go when they are old */
function removeUnused(folder) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    // Another process may have moved its own meanwhile.
    const modifiedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - modifiedMs > UNUSED_MS) rmSync(file, { force: true });
  }
}

module.exports = { removeUnused };
