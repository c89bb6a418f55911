import { existsSync } from 'node:fs';
import path from 'node:path';
import { type EndpointId, endpoints } from '../../resources/endpoints';
import type { ContractCase } from './case';
import { faultCases } from './faults';

/** Where the cases of an endpoint are: `PutRecord` has `cases/put-record.ts`. */
export const casesFile = (id: EndpointId): string =>
  path.join(__dirname, 'cases', `${id.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()}.ts`);

/** An endpoint's cases; empty if its file is missing, which test/endpoints.test.ts reports. */
function ownCases(id: EndpointId): readonly ContractCase[] {
  const file = casesFile(id);
  if (!existsSync(file)) return [];
  const { cases: own } = require(file) as { readonly cases: readonly ContractCase[] };
  return own;
}

/**
 * All that each endpoint promises, in one table that tests, docs/statuses.md and openapi.json
 * share.
 */
export const cases: readonly {
  readonly endpoint: EndpointId;
  readonly cases: readonly ContractCase[];
}[] = endpoints.map((endpoint) => ({
  endpoint: endpoint.id,
  cases: [...ownCases(endpoint.id), ...faultCases(endpoint)],
}));
