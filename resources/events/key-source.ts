import type { KeySource } from '../streams/declaration';

/** Where a partition key comes from, taken apart. */
export type ParsedKey =
  /** `path` follows the event's own: `.customer.id` */
  | { readonly from: 'member'; readonly path: string }
  | { readonly from: 'header' | 'query' | 'fixed'; readonly name: string }
  | { readonly from: 'request-id' };

const MEMBER = /^\$((?:\.[A-Za-z0-9_-]+)+)$/;
const NAMED = {
  header: /^[A-Za-z0-9_-]{1,128}$/,
  query: /^[A-Za-z0-9_.-]{1,128}$/,
  fixed: /^[A-Za-z0-9_.:@/=+, -]{1,256}$/,
} as const;

/**
 * Takes a key's source apart. Names may have such characters only as mean nothing to a template.
 * @returns undefined for one that is malformed
 */
export function parseKey(source: KeySource | string): ParsedKey | undefined {
  if (source === 'request-id') return { from: 'request-id' };
  const path = MEMBER.exec(source)?.[1];
  if (path !== undefined) return { from: 'member', path };
  const [, from, name = ''] = /^(header|query|fixed):(.*)$/s.exec(source) ?? [];
  if (from !== 'header' && from !== 'query' && from !== 'fixed') return undefined;
  return NAMED[from].test(name) ? { from, name } : undefined;
}
