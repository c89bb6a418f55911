import { type EndpointId, endpoints } from '../endpoints';
import { CONTENT_TYPES, type ContentType } from '../endpoints/shared/content-types';
import { type Schema, toOpenApiSchema } from './schema';

/** Name of a request body's schema among the document's components. */
export const requestName = (id: EndpointId, type: ContentType): string =>
  `${id}${type === 'application/json' ? '' : 'Kinesis'}Input`;

/** Schemas of the request bodies, by name. */
export function requestSchemas(): Record<string, Schema> {
  return Object.fromEntries(
    endpoints.flatMap(({ id, requests }) =>
      CONTENT_TYPES.flatMap((type) => {
        const body = requests[type]?.body;
        return body === undefined ? [] : [[requestName(id, type), toOpenApiSchema(body)]];
      }),
    ),
  );
}
