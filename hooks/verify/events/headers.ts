/**
 * Headers that have a meaning of their own to clients, proxies or API Gateway, which set, change or
 * obey them: a made-up value would not arrive, or would have the request refused.
 */
const OF_HTTP =
  /^(accept-encoding|authorization|connection|content-.*|date|expect|forwarded|host|keep-alive|origin|te|trailer|transfer-encoding|upgrade|user-agent|via|cloudfront-.*|x-amz.*|x-api-key|x-forwarded-.*|x-http-method-override)$/i;

/** True for a header that may have any value. */
export const isFree = (name: string): boolean => !OF_HTTP.test(name);

/** Headers together, the later in place of the earlier, in whatever case they are written. */
export const headersOf = (
  ...all: readonly (Readonly<Record<string, string>> | undefined)[]
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    all.flatMap((headers = {}) =>
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  );
