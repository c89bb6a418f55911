import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';

// Nothing here runs the programs: docs/clients.md says how, and what came of it.

const PACKAGE = path.join(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(PACKAGE, file), 'utf8');
const page = read('docs/clients.md');

test.each(['kcl', 'kpl', 'sam'])('one command runs the client %s', (client) => {
  const run = `clients/${client}/run`;

  expect(() => accessSync(path.join(PACKAGE, run), constants.X_OK)).not.toThrow();
  expect(page).toContain(`packages/embedded-aws/${run}`);
});

test.each([
  ['KCL', 'clients/kcl/pom.xml', /amazon-kinesis-client<\/artifactId>\s*<version>([^<]+)</],
  ['KPL', 'clients/kpl/pom.xml', /amazon-kinesis-producer<\/artifactId>\s*<version>([^<]+)</],
  ['SAM', 'clients/sam/requirements.txt', /^aws-sam-translator==(\S+)$/m],
  ['CDK', 'test/end-to-end/fixtures/cdk/package.json', /"aws-cdk": "([^"]+)"/],
])('the page has the version of %s that is pinned', (program, file, pin) => {
  const version = pin.exec(read(file))?.[1] ?? 'none';
  const rows = page.split('\n').filter((line) => line.startsWith(`| ${program}`));

  expect(rows).not.toEqual([]);
  expect(rows.filter((row) => !row.includes(`| ${version} |`))).toEqual([]);
});

test('the page shows the terminator that KPL ran behind', () => {
  const [, shown] = /```js\n(.*?)```/s.exec(page) ?? [];

  expect(shown).toBe(read('clients/tls/terminator.mjs'));
});
