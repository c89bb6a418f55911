import {
  createMapping,
  mappingOf,
  type NewMapping,
  readBasePath,
  replaceMapping,
} from '../entities/base-path-mappings';
import type { Operation } from '../operation';
import { pageOf } from '../paging';
import { applyPatch, listingPatchErrors, type PatchRule, readPatchOperations } from '../patch';
import { requestedDomain } from './domain-names';

type Draft = { -readonly [Name in keyof NewMapping]: NewMapping[Name] };

const RULES: readonly PatchRule<Draft>[] = [
  {
    path: '/basePath',
    ops: ['replace'],
    apply(mapping, value) {
      mapping.basePath = value;
    },
  },
  {
    path: '/stage',
    ops: ['replace', 'remove'],
    apply(mapping, value, _names, op) {
      mapping.stage = op === 'remove' ? undefined : value;
    },
  },
  {
    // The spelling is AWS's.
    path: '/restapiId',
    ops: ['replace'],
    apply(mapping, value) {
      mapping.restApiId = value;
    },
  },
];
const ERRORS = listingPatchErrors(RULES.map(({ path }) => path));

const ALL = '/domainnames/{domainName}/basepathmappings';
const ONE = `${ALL}/{basePath}`;

export const basePathMappingOperations: readonly Operation[] = [
  {
    name: 'CreateBasePathMapping',
    route: `POST ${ALL}`,
    status: 201,
    handle(request) {
      const { region, input } = request;
      return createMapping(region, requestedDomain(request), {
        basePath: input.text('basePath'),
        restApiId: input.text('restApiId'),
        stage: input.text('stage'),
      });
    },
  },
  {
    name: 'GetBasePathMappings',
    route: `GET ${ALL}`,
    status: 200,
    handle: (request) =>
      pageOf([...requestedDomain(request).mappings.values()], request.query, (item) => item),
  },
  {
    name: 'GetBasePathMapping',
    route: `GET ${ONE}`,
    status: 200,
    handle: (request) => mappingOf(requestedDomain(request), request.param('basePath')),
  },
  {
    name: 'UpdateBasePathMapping',
    route: `PATCH ${ONE}`,
    status: 200,
    handle(request) {
      const domain = requestedDomain(request);
      const before = mappingOf(domain, request.param('basePath'));
      const draft: Draft = { ...before };
      const changes = readPatchOperations(request.input);
      applyPatch(draft, changes, RULES, ERRORS);
      return replaceMapping(request.region, domain, before, draft);
    },
  },
  {
    name: 'DeleteBasePathMapping',
    route: `DELETE ${ONE}`,
    status: 202,
    handle(request) {
      const domain = requestedDomain(request);
      const { basePath } = mappingOf(domain, readBasePath(request.param('basePath')));
      domain.mappings.delete(basePath);
    },
  },
];
