/**
 * A stage's key for the settings of one method, `streams/{stream-name}/GET`, without encoding. API
 * Gateway's own come with slashes or with `~1`, and with a first one or without: as they were patched.
 */
export const plainKey = (key: string): string => key.replaceAll('~1', '/').replace(/^\/+/, '');

/** The key of the settings that all methods without their own have. */
export const ALL_METHODS = '*/*';

/** `GET /streams/{stream-name}`, for a plain key. */
export function routeOf(key: string): string {
  const end = key.lastIndexOf('/');
  return `${key.slice(end + 1)} /${key.slice(0, Math.max(end, 0))}`;
}
