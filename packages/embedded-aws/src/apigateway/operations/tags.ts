import { apiKeyOf } from '../entities/api-keys';
import { domainOf } from '../entities/domain-names';
import { stageOf } from '../entities/stages';
import { readTagMap } from '../entities/tags';
import { usagePlanOf } from '../entities/usage-plans';
import { badRequest } from '../errors';
import type { TextMap } from '../model';
import type { ControlRequest, Operation } from '../operation';

/** A resource with tags. */
interface Tagged {
  tags: TextMap;
}

const ARN = /^arn:[^:]+:apigateway:[^:]+::\/(.+)$/;

export const tagOperations: readonly Operation[] = [
  {
    name: 'GetTags',
    route: 'GET /tags/{resourceArn}',
    status: 200,
    handle: (request) => ({ tags: resourceByArn(request).tags }),
  },
  {
    name: 'TagResource',
    route: 'PUT /tags/{resourceArn}',
    status: 204,
    handle(request) {
      const tagged = resourceByArn(request);
      const { tags } = tagged;
      tagged.tags = { ...tags, ...readTagMap(request.input, tags) };
    },
  },
  {
    name: 'UntagResource',
    route: 'DELETE /tags/{resourceArn}',
    status: 204,
    handle(request) {
      const tagged = resourceByArn(request);
      const removed = new Set(request.query.getAll('tagKeys'));
      tagged.tags = Object.fromEntries(
        Object.entries(tagged.tags).filter(([name]) => !removed.has(name)),
      );
    },
  },
];

/** @throws AwsError if the ARN does not belong to a resource with tags */
function resourceByArn({ region, param }: ControlRequest): Tagged {
  const arn = param('resourceArn');
  const [kind, id = '', part, name = ''] = (ARN.exec(arn)?.[1] ?? '').split('/');
  if (kind === 'restapis' && part === 'stages') return stageOf(region.restApi(id), name);
  if (kind === 'restapis' && part === undefined) return region.restApi(id);
  if (kind === 'apikeys') return apiKeyOf(region, id);
  if (kind === 'domainnames' && part === undefined) return domainOf(region, id);
  if (kind === 'usageplans') return usagePlanOf(region, id);
  throw badRequest(`Invalid ARN specified in the request: ${arn}`);
}
