import { pageOf } from '../../core/paging';
import { invalidParameter } from '../store';

const PAGE = 100;

/** One page of a list as SNS pages them. @throws AwsError InvalidParameter */
export const page = <Item>(items: readonly Item[], token: string | undefined) =>
  pageOf(items, { token, size: PAGE }, () => invalidParameter('Invalid parameter: NextToken'));
