import { endpoints } from '../../resources/endpoints';
import { FAULT_CLASSES } from '../faults/fault';
import { faults } from '../faults/rows';

test('no two faults have an id or a description in common', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  expect(new Set(faults.map(({ broken }) => broken)).size).toBe(faults.length);
});

test('every class has its faults, and every fault says who must see it', () => {
  const classes = new Set(faults.map((fault) => fault.class));
  expect([...classes].sort()).toEqual(Object.keys(FAULT_CLASSES).sort());
  expect(faults.filter(({ caughtBy }) => caughtBy.length === 0)).toEqual([]);
});

test.each([
  ['its action is not granted', 'role-without-'],
  ['its URI is another', 'uri-of-'],
  ['it has no method', 'no-method-'],
  ['it is open where the stage is closed', 'open-'],
  ['it does not say which deployment answered', 'no-deployment-header-'],
])('every route is tried with this fault: %s', (_, start) => {
  const ids = new Set(faults.map(({ id }) => id));
  expect(endpoints.filter(({ action }) => !ids.has(start + action))).toEqual([]);
});
