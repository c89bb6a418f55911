import type { KeySource } from '../streams/declaration';
import type { DeclaredStream } from '../streams/declared';

/** Where a partition key comes from, taken apart. */
export type ParsedKey =
  /** `path` has the names on the way to the member. */
  | { readonly from: 'member'; readonly path: readonly string[] }
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
  if (path !== undefined) return { from: 'member', path: path.slice(1).split('.') };
  const [, from, name = ''] = /^(header|query|fixed):(.*)$/s.exec(source) ?? [];
  if (from !== 'header' && from !== 'query' && from !== 'fixed') return undefined;
  return NAMED[from].test(name) ? { from, name } : undefined;
}

/** The key of a stream. @throws TypeError for one that checks let through */
export function parsedKey({ name, key }: Pick<DeclaredStream, 'name' | 'key'>): ParsedKey {
  const parsed = parseKey(key.from);
  if (parsed === undefined) throw new TypeError(`The key of ${name} is malformed: ${key.from}`);
  return parsed;
}
