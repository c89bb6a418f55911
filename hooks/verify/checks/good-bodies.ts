import { type EndpointId, endpointOf } from '../../../resources/endpoints';
import type { ContentType } from '../../../resources/endpoints/shared/content-types';

type Members = Readonly<Record<string, unknown>>;

/** A valid body of an endpoint, for checks that change one of its members. */
export function goodBody(id: EndpointId, contentType: ContentType = 'application/json'): Members {
  const good = endpointOf(id).requests[contentType]?.good;
  if (typeof good === 'object' && good !== null) return good as Members;
  throw new TypeError(`${id} has no good body of the type ${contentType}.`);
}

/** A valid record of a batch. */
export function goodRecord(contentType: ContentType): Members {
  const [records] = Object.values(goodBody('PutRecords', contentType));
  const [record] = records as readonly Members[];
  if (record === undefined) throw new TypeError("PutRecords's good body has no records.");
  return record;
}
