import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Route, routes } from '../../resources/routes';

const rows: readonly Route[] = routes;

test('every Kinesis action has one route, so that logical ids and templates can be named after it', () => {
  const actions = rows.map(({ action }) => action);
  expect(new Set(actions).size).toBe(actions.length);
});

test('no two routes share method and path', () => {
  const keys = rows.map(({ method, path: route }) => `${method} ${route}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(rows)('$action has its request template', ({ action }) => {
  const file = path.join(__dirname, '..', '..', 'templates', `${action}.request.vtl`);
  expect(existsSync(file)).toBe(true);
});
