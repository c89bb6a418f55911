import { packagesIn } from 'embedded-aws/bench';
import { errorIn, verdictsIn } from '../../bench/measurements/peers/stack';

test('checks that passed and failed are counted by the lines of a verification', () => {
  const output = [
    'Verifying stage local',
    '✔ POST /streams/{stream-name}  12 ms',
    '✖ GET /streams  3 ms',
    '    API Gateway says ✔ nothing',
    '✔ DELETE /streams/{stream-name}  4 ms',
  ].join('\n');
  expect(verdictsIn(output)).toEqual({ passed: 2, failed: 1 });
});

test.each([
  [
    'the framework’s message',
    '× failed\nDocs: here\n\nError:\nNo such policy.\nMore\n',
    'No such policy.',
  ],
  ['the first line of anything else', 'Killed\nreally\n', 'Killed'],
  ['nothing', '', 'it printed nothing'],
])('why a deployment failed: %s', (_, output, expected) => {
  expect(errorIn(output)).toBe(expected);
});

test('packages of a lockfile are all but the folder itself', () => {
  const lockfile = {
    packages: { '': {}, 'node_modules/a': {}, 'node_modules/a/node_modules/b': {} },
  };
  expect(packagesIn(JSON.stringify(lockfile))).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
  ]);
});
