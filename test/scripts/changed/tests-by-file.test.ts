import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesOf } from '../../../scripts/changed/changed-files';
import { TestsByFile } from '../../../scripts/changed/tests-by-file';

const ROOT = path.join(__dirname, '..', '..', '..');
const files = filesOf(ROOT).filter((file) => existsSync(path.join(ROOT, file)));
const tests = new TestsByFile(ROOT, files);

test.each([
  ['a template', 'templates/PutRecord.request.vtl', 'test/templates/requests.test.ts'],
  [
    'a template that a test finds in its folder',
    'templates/Cors.response.vtl',
    'test/templates/portable.test.ts',
  ],
  [
    'a schema',
    'test/fixtures/events/schemas/order.json',
    'test/resources/contracts/contract.test.ts',
  ],
  ["the viewer's page", 'hooks/viewer/page/index.html', 'test/hooks/viewer/page/document.test.ts'],
  ["the page's looks", 'hooks/viewer/page/style.css', 'test/hooks/viewer/page/document.test.ts'],
  ["the page's code", 'hooks/viewer/page/loads.ts', 'test/hooks/viewer/page/model.test.ts'],
  ['the service', 'serverless.ts', 'test/serverless.test.ts'],
  ['the declared streams', 'streams.ts', 'test/serverless.test.ts'],
  ['a page of the docs', 'docs/viewer.md', 'test/hooks/viewer/plugins.test.ts'],
  ['a page whose links are followed', 'docs/rights.md', 'test/docs/links.test.ts'],
  ['an example', 'examples/doors/aws-tutorial.json', 'test/hooks/verify/doors/routes.test.ts'],
  ['an example in Python', 'examples/kinesis_api.py', 'test/examples/unit-tests.test.ts'],
  ['a generated file', 'openapi.json', 'test/scripts/generated-files.test.ts'],
  ['a workflow', '.github/workflows/ci.yml', 'test/workflows.test.ts'],
  ['a resource', 'resources/role.ts', 'test/resources/stack.test.ts'],
  [
    'a source of the embedded AWS',
    'packages/embedded-aws/src/kinesis/operations/put-record.ts',
    'packages/embedded-aws/test/kinesis/operations/put-record.test.ts',
  ],
  [
    'what tests share',
    'packages/dev-kit/testing/issuer.ts',
    'packages/dev-kit/test/issuer.test.ts',
  ],
  ['a test', 'test/templates/lesson.test.ts', 'test/templates/lesson.test.ts'],
])('%s concerns a test that is near', (_, changed, expected) => {
  const steps = tests.concernedBy(changed).get(expected);

  expect(steps).toBeLessThanOrEqual(2);
});

test('a file that is gone concerns those who name it still', () => {
  const gone = 'docs/viewer.md';
  const left = new TestsByFile(
    ROOT,
    files.filter((file) => file !== gone),
    [gone],
  );

  expect(left.concernedBy(gone).get('test/hooks/viewer/plugins.test.ts')).toBe(1);
});

test('a change does not concern what has nothing to do with it', () => {
  const concerned = tests.concernedBy('hooks/viewer/page/style.css');

  expect([...concerned.keys()].filter((file) => file.startsWith('packages/'))).toEqual([]);
  expect(concerned.has('test/templates/lesson.test.ts')).toBe(false);
});
