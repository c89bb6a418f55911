import { readFileSync } from 'node:fs';
import { errors, errorsOf } from '../../resources/openapi/errors';
import { STATUSES_FILE, statusesDocument } from '../../scripts/generate-docs';
import { titleOf } from '../contract/case';
import { cases } from '../contract/cases';
import { keyRefusals, unsignedRefusals } from '../contract/refusals';

const all = cases.flatMap(({ action, cases: own }) => own.map((one) => ({ action, ...one })));

test('docs/statuses.md is what npm run generate:docs makes of the tables', () => {
  expect(readFileSync(STATUSES_FILE, 'utf8')).toBe(statusesDocument());
});

test('the title of a case names it: no route has two of the same', () => {
  const titles = all.map((one) => `${one.action} ${titleOf(one)}`);
  expect(new Set(titles).size).toBe(titles.length);
});

test('every error that a case expects is one of the table, for its route and with its status', () => {
  const known = cases.flatMap(({ action }) =>
    errorsOf(action).map(({ status, code }) => `${action} ${status} ${code}`),
  );
  const expected = all
    .filter(({ status }) => status >= 400)
    .map(({ action, status, code }) => `${action} ${status} ${code}`);
  expect([...new Set(expected)].filter((one) => !known.includes(one))).toEqual([]);
});

test('every error of the table is shown by a case of its route, or by a refusal', () => {
  const shown = new Set(all.map(({ action, status, code }) => `${action} ${status} ${code}`));
  const refused = Object.values({ ...unsignedRefusals, ...keyRefusals }).map(
    ({ status, code }) => `${status} ${code}`,
  );
  const unproven = errors.flatMap(({ actions, status, code }) =>
    actions
      .filter((action) => !shown.has(`${action} ${status} ${code}`))
      .filter(() => !refused.includes(`${status} ${code}`))
      .map((action) => `${action} ${status} ${code}`),
  );
  expect(unproven).toEqual([]);
});
