const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take many seconds, the longest first; one that is begun last would run alone. */
const LONGEST = [
  'end-to-end/cfn-lint',
  'end-to-end/installed',
  'end-to-end/verification',
  'end-to-end/fault-matrix',
  'end-to-end/canary',
  'end-to-end/lifecycle',
  'end-to-end/hostile',
  'end-to-end/viewer',
  'end-to-end/healthy',
  'end-to-end/persist-kill',
  'end-to-end/examples',
  'end-to-end/existing-api',
  'end-to-end/bad-input',
  'resources/validity',
  'velocity/limits',
  'kinesis/records-in-memory',
  'hooks/canary/run',
  'docs/verification',
  'end-to-end/', // all others of it
];

const rank = ({ path }) => {
  const found = LONGEST.findIndex((name) => path.includes(`/test/${name}`));
  return found === -1 ? LONGEST.length : found;
};

/** Jest knows how long a file takes from the run before, and a clean clone had none. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
