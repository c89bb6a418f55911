import { endpointOf, endpoints } from '../../resources/endpoints';
import { errorsOf } from '../../resources/openapi/errors';
import { titleOf } from '../contract/case';
import { cases } from '../contract/cases';
import {
  authorizerRefusals,
  keyRefusals,
  tokenRefusals,
  unsignedRefusals,
} from '../contract/refusals';

const all = cases.flatMap(({ endpoint, cases: own }) => own.map((one) => ({ endpoint, ...one })));

test('the title of a case names it: no endpoint has two of the same', () => {
  const titles = all.map((one) => `${one.endpoint} ${titleOf(one)}`);
  expect(new Set(titles).size).toBe(titles.length);
});

test('every error that a case expects is one of the table, for its endpoint and with its status', () => {
  const known = cases.flatMap(({ endpoint }) =>
    errorsOf(endpointOf(endpoint)).map(({ status, code }) => `${endpoint} ${status} ${code}`),
  );
  const expected = all
    .filter(({ status }) => status >= 400)
    .map(({ endpoint, status, code }) => `${endpoint} ${status} ${code}`);
  expect([...new Set(expected)].filter((one) => !known.includes(one))).toEqual([]);
});

test('every error of the table is shown by a case of its endpoint, or by a refusal', () => {
  const shown = new Set(all.map(({ endpoint, status, code }) => `${endpoint} ${status} ${code}`));
  const refusals = {
    ...unsignedRefusals,
    ...keyRefusals,
    ...tokenRefusals,
    ...authorizerRefusals,
  };
  const refused = Object.values(refusals).map(({ status, code }) => `${status} ${code}`);
  const unproven = endpoints.flatMap((endpoint) =>
    errorsOf(endpoint)
      .filter(({ status, code }) => !shown.has(`${endpoint.id} ${status} ${code}`))
      .map(({ status, code }) => ({ id: endpoint.id, answer: `${status} ${code}` }))
      .filter(({ answer }) => !refused.includes(answer))
      .map(({ id, answer }) => `${id} ${answer}`),
  );
  expect(unproven).toEqual([]);
});
