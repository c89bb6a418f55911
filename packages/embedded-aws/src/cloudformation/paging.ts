import { type QueryInput, textMember } from '../core/protocol/query';
import { validationError } from './json';

/** Part of a list, and the token that the next part is asked for with. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/**
 * The part of a list that a request asks for with `NextToken`.
 * @param size how many items a part has
 * @throws AwsError ValidationError for a token that no answer has given
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
