import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv-draft-04';
import { load } from 'js-yaml';
import { problemsOf, readRoutes } from '../../../../hooks/verify/doors/routes';
import { ROUTES_SCHEMA } from '../../../../hooks/verify/doors/schema';
import { endpoints } from '../../../../resources/endpoints';

const EXAMPLES = path.join(__dirname, '..', '..', '..', '..', 'examples', 'doors');
const examples = readdirSync(EXAMPLES).filter((file) => !file.endsWith('.schema.json'));

const RECORD = {
  endpoint: 'PutRecord',
  method: 'PUT',
  path: '/{stream}/record',
  takes: { StreamName: 'path.stream', Data: 'body.data' },
};
const door = (...routes: object[]) => ({ routes });
const record = (change: object) => door({ ...RECORD, ...change });

const isValid = new Ajv({ strict: false }).compile(ROUTES_SCHEMA);

test.each(examples)('%s is valid, by the schema too', (file) => {
  const content = load(readFileSync(path.join(EXAMPLES, file), 'utf8'));

  expect(problemsOf(content)).toEqual([]);
  expect(isValid(content)).toBe(true);
});

test("this service's own file describes every endpoint, each as it is declared", () => {
  const { routes } = JSON.parse(
    readFileSync(path.join(EXAMPLES, 'kinesis-rest-proxy.json'), 'utf8'),
  ) as { routes: { endpoint: string; method: string; path: string }[] };

  for (const { id, method, path: own } of endpoints) {
    expect(routes.find(({ endpoint }) => endpoint === id)).toMatchObject({ method, path: own });
  }
});

test.each([
  ['a list', [], 'the file must be an object'],
  ['nothing', undefined, 'the file must be an object'],
  ['no routes', {}, 'routes is missing'],
  ['an empty list', door(), 'routes must not be empty'],
  [
    'an unknown member',
    { ...door(RECORD), auth: 'iam' },
    'auth is unknown; it takes $schema, name',
  ],
  ['an unknown endpoint', record({ endpoint: 'Put' }), 'routes[0].endpoint is "Put"; it takes'],
  ['no method', record({ method: undefined }), 'routes[0].method is missing'],
  [
    'a method of another case',
    record({ method: 'put' }),
    'routes[0].method is "put"; it takes GET',
  ],
  [
    'a place of no kind',
    record({ takes: { Data: 'form.x' } }),
    'routes[0].takes.Data is "form.x". Where',
  ],
  [
    'a status of refusal',
    record({ success: [404] }),
    'routes[0].success[0] must be a whole number',
  ],
  ['a number for text', record({ path: 7 }), 'routes[0].path must be text'],
  [
    'a proper name of an object',
    record({ takes: { constructor: 'body' } }),
    'takes.constructor is unknown',
  ],
])('says what is wrong with %s, as the schema does', (_, content, says) => {
  const given = content === undefined ? content : JSON.parse(JSON.stringify(content));

  expect(problemsOf(given).join('\n')).toContain(says);
  expect(isValid(given)).toBe(false);
});

test.each([
  ['a variable that nothing fills', record({ path: '/{stream}/{key}' }), "'takes' is path.key"],
  ['a variable that is not there', record({ path: '/record' }), 'the path has no {stream}'],
  [
    'a body in a body',
    record({ takes: { ...RECORD.takes, Data: 'body', PartitionKey: 'body.k' } }),
    'one member is the whole body',
  ],
  ['a GET with a body', record({ method: 'GET' }), 'a GET has no body'],
  ['a write without data', record({ takes: { StreamName: 'path.stream' } }), "'takes' needs Data"],
  ['a batch without records', record({ endpoint: 'PutRecords' }), "'takes' needs Records"],
  ['no stream', record({ path: '/record', takes: { Data: 'body' } }), "'takes' needs StreamName"],
  ['two routes of an endpoint', door(RECORD, RECORD), 'routes[1] (PutRecord): an earlier route'],
])('says what no schema can: %s', (_, content, says) => {
  expect(isValid(content)).toBe(true);
  expect(problemsOf(content).join('\n')).toContain(says);
});

test('an endpoint may have a second route, for base64', () => {
  expect(problemsOf(door(RECORD, { ...RECORD, stores: 'base64' }))).toEqual([]);
});

describe('a file', () => {
  let folder: string;
  const utils = { readFileSync: (file: string) => JSON.parse(readFileSync(file, 'utf8')) };
  const file = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'routes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is read', () => {
    const content = door(RECORD);

    expect(readRoutes(file('a.json', JSON.stringify(content)), utils)).toEqual(content);
  });

  test.each([
    ['of another kind', 'a.toml', 'routes', 'ends in .json, .yml or .yaml'],
    ['that is no JSON', 'a.json', '{', 'cannot be read'],
    ['that describes nothing', 'a.json', '{}', 'docs/verify-any-api.md'],
  ])('%s is refused', (_, name, content, says) => {
    expect(() => readRoutes(file(name, content), utils)).toThrow(says);
  });

  test('that is missing is refused', () => {
    expect(() => readRoutes(path.join(folder, 'none.json'), utils)).toThrow('ENOENT');
  });
});
