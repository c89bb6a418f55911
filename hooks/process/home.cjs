// The framework wants to know the home folder before it does anything else.

const { mkdtempSync, rmSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { inLine } = require('../framework/load-error.cjs');

/**
 * Gives a user without a home folder one until the process ends: a container may run as a user that
 * its system does not know, and without HOME.
 * @throws an error that says what to set where there is no temporary folder either
 */
function ensureHome() {
  if (hasHome()) return;
  const home = make();
  process.env.HOME = home;
  process.once('exit', () => {
    try {
      rmSync(home, { recursive: true, force: true });
    } catch {
      // The system empties its temporary folder.
    }
  });
}

function hasHome() {
  try {
    return os.homedir() !== '';
  } catch {
    return false;
  }
}

function make() {
  try {
    return mkdtempSync(path.join(os.tmpdir(), 'home-'));
  } catch {
    throw inLine(
      `There is no home folder, and none can be made in ${os.tmpdir()}: set HOME to a folder that can be written.`,
    );
  }
}

module.exports = { ensureHome };
