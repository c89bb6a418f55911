import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checks } from '../hooks/verify/checks';
import type { Checks } from '../hooks/verify/run-checks';
import { type Endpoint, type EndpointId, endpoints } from '../resources/endpoints';
import { CONTENT_TYPES } from '../resources/endpoints/shared/content-types';
import { kinesisQuota } from '../resources/kinesis-quotas';
import { casesFile } from './contract/cases';

// The one place that says what an endpoint still needs: CONTRIBUTING.md, "Add an endpoint".

const ROOT = path.join(__dirname, '..');

function missing(endpoint: Endpoint<EndpointId>): string[] {
  const { id, action, requests, answer, mappings, throttle } = endpoint;
  const templates = [...Object.values(requests).map(({ template }) => template), answer.template];
  const needed = [
    ...[...new Set(templates)]
      .filter((name) => name !== undefined)
      .map((name) => [`templates/${name}.vtl`, existsSync(`${ROOT}/templates/${name}.vtl`)]),
    [`a check ${id} in hooks/verify/checks/endpoints.ts`, (checks as Checks)[id]?.endpoint === id],
    [path.relative(ROOT, casesFile(id)), existsSync(casesFile(id))],
    ...CONTENT_TYPES.filter((type) => requests[type]?.body !== undefined).flatMap((type) => [
      [`good for ${type}`, requests[type]?.good !== undefined],
      [`a mapping for ${type}`, mappings.some(({ contentType }) => contentType === type)],
    ]),
    ['a mapping', mappings.length > 0],
    ['a throttle of its own', kinesisQuota(action) === undefined || throttle !== undefined],
  ] as const;
  return needed.filter(([, isThere]) => !isThere).map(([what]) => String(what));
}

test.each(endpoints)('$id has all that an endpoint needs', (endpoint) => {
  expect({ missing: missing(endpoint) }).toEqual({ missing: [] });
});

test.each(endpoints)('$id leaves most of a quota to others', ({ action, throttle }) => {
  const quota = kinesisQuota(action);
  if (quota === undefined) return expect(throttle).toBeUndefined();

  const { rate = 0, burst = 0 } = throttle ?? {};
  expect(rate).toBeLessThanOrEqual(quota.rate / 2);
  // As many may pass within a second.
  expect(rate + burst).toBeLessThan(quota.rate);
});

test('every file of resources/endpoints is in its index', () => {
  const files = readdirSync(`${ROOT}/resources/endpoints`).filter((file) =>
    /^(?!index).*ts$/.test(file),
  );
  const listed = endpoints.map(({ id }) => path.basename(casesFile(id)));
  expect(files.filter((file) => !listed.includes(file))).toEqual([]);
});

test('every check runs after those that provide what it requires', () => {
  const provided = new Set<string>();
  const early = Object.entries(checks as Checks).flatMap(([name, { requires, provides }]) => {
    const unmet = requires.filter((finding) => !provided.has(finding));
    for (const finding of provides) provided.add(finding);
    return unmet.map((finding) => `${name} requires ${finding}`);
  });
  expect(early).toEqual([]);
});
