import { type QueryInput, textMember } from '../core/protocol/query';
import { validationError } from './json';

/** A page of a list, and the token for the next page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/**
 * The page of a list that a request asks for with `NextToken`.
 * @param size number of items per page
 * @throws AwsError ValidationError for an invalid token
 */
export function page<Item>(all: readonly Item[], input: QueryInput, size: number): Page<Item> {
  const token = textMember(input, 'NextToken');
  const start =
    token === undefined ? 0 : Number(/^after-(\d{1,9})$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw validationError(`Invalid NextToken: ${token}`);
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextToken: `after-${end}` }),
  };
}
