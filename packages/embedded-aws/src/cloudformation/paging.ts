import { type Page, pageOf } from '../core/paging';
import { type QueryInput, textMember } from '../core/protocol/query';
import { validationError } from './json';

/**
 * The page of a list that a request asks for with `NextToken`.
 * @param size number of items per page
 * @throws AwsError ValidationError for an invalid token
 */
export function page<Item>(all: readonly Item[], input: QueryInput, size: number): Page<Item> {
  const token = textMember(input, 'NextToken');
  return pageOf(all, { token, size }, () => validationError(`Invalid NextToken: ${token}`));
}
