import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Feature, has } from '../testing/systems';

const ROOT = path.join(__dirname, '..', '..', '..');

/** The unit tests that a system may leave out, by what it lacks. */
const LEFT_OUT: Readonly<Record<Feature, readonly string[]>> = {
  'a POSIX shell': ['test/hooks/viewer/format/record-commands.test.ts'],
  'process groups': ['packages/embedded-aws/test/lambda/warm-functions.test.ts'],
  'process memory': ['packages/embedded-aws/test/lambda/warm-functions.test.ts'],
  'symbolic links': ['test/hooks/local/sources.test.ts'],
};

const unitTests = ['test', 'packages/dev-kit/test', 'packages/embedded-aws/test'].flatMap((root) =>
  readdirSync(path.join(ROOT, root), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(root, file.split(path.sep).join('/')))
    .filter((file) => file.endsWith('.test.ts') && !file.includes('/end-to-end/')),
);
const own = path.relative(ROOT, __filename).split(path.sep).join('/');
const texts = unitTests
  .filter((file) => file !== own)
  .map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')] as const);

test.each(Object.entries(LEFT_OUT))(
  'unit tests that need %s are few, and are listed',
  (feature, files) => {
    const users = texts.filter(([, text]) => text.includes(`testWith('${feature}')`));
    expect(users.map(([file]) => file)).toEqual(files);
  },
);

test('no unit test leaves itself out on a system in another way', () => {
  const asksItself = /process\.platform\s*[!=]==.*\s*.*\b(test|describe|it)[.(]/;
  const others = texts.filter(([, text]) => asksItself.test(text));
  expect(texts.length).toBeGreaterThan(400);
  expect(others.map(([file]) => file)).toEqual([]);
});

test('Linux runs every test, macOS all but one kind', () => {
  const lacking = (system: NodeJS.Platform) =>
    (Object.keys(LEFT_OUT) as Feature[]).filter((feature) => !has(feature, system));

  expect(lacking('linux')).toEqual([]);
  expect(lacking('darwin')).toEqual(['process memory']);
  expect(lacking('win32')).toEqual(Object.keys(LEFT_OUT));
});
