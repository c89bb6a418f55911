import { AwsError } from '../../core/errors';
import { pageOf } from '../../core/paging';

/** One page of a list. @throws AwsError InvalidNextToken */
export const page = <Item>(items: readonly Item[], size: number, token: string | undefined) =>
  pageOf(
    items,
    { token, size },
    () => new AwsError('InvalidNextToken', 'The next token specified is invalid.'),
  );
