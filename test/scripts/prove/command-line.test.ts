import { reasonIn } from '../../../scripts/prove/command-line';

const passed = Array.from({ length: 40 }, (_, index) => `✔ Check ${index}  3 ms`);

test('of a long output it tells the failed checks, whole, and the end', () => {
  const failed = [
    '✖ The roles match (Drift)  3 ms',
    '    is not as deployed',
    '    Role: is missing',
  ];
  const reason = reasonIn(['Deploying', ...failed, ...passed, 'Verification failed'].join('\n'));

  const lines = reason.split('\n');
  expect(lines.slice(0, 3)).toEqual(failed);
  expect(lines.at(-1)).toBe('Verification failed');
  expect(lines).not.toContain('Deploying');
  expect(lines).toHaveLength(28);
});

test('a short output is told whole', () => {
  expect(reasonIn('one\n✖ two\n    three\n')).toBe('one\n✖ two\n    three');
});
