import { pageOf } from '../../core/paging';
import { validationError } from '../errors';

const PAGE = 100;

/** A page of a list with its paging members. @throws AwsError ValidationError */
export function page<Item>(
  items: readonly Item[],
  {
    Marker: token,
    MaxItems: size = PAGE,
  }: { readonly Marker?: string; readonly MaxItems?: number },
) {
  const cut = pageOf(items, { token, size }, () => validationError('Invalid Marker.'));
  return {
    items: cut.items,
    marks: { IsTruncated: cut.nextToken !== undefined, Marker: cut.nextToken },
  };
}

/** Items under PathPrefix, by name. */
export function underPath<Item extends { readonly path: string; readonly name: string }>(
  items: Iterable<Item>,
  { PathPrefix: prefix = '/' }: { readonly PathPrefix?: string },
): Item[] {
  return [...items]
    .filter(({ path }) => path.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
