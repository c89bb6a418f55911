import { readFileSync } from 'node:fs';
import path from 'node:path';

const readme = readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');

test('README fits on a few screens; what else there is to say has its page in docs', () => {
  expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(12 * 1024);
});

test('it begins with what it is and the two commands', () => {
  const [first = '', second = ''] = readme.split(/^## /m);

  expect(first).toMatch(/^# Kinesis REST Proxy\n/);
  expect(second).toContain('npm ci\nnpm start\n');
  expect(second).toContain('`npm ci && npm test`');
});

test.each([
  'A record in and out',
  'Endpoints',
  'Deploy it to AWS',
  'Make it yours',
  'Where things are',
])('it has a section "%s"', (title) => {
  expect(readme.split('\n')).toContain(`## ${title}`);
});
