import type { HttpRequest } from '../../core/http';
import { hostName } from './host';

/** The web page that had a browser send a request. */
export interface Page {
  /** `https://app.example`; `null` where the browser does not tell. */
  readonly origin: string;
  /** Whether it has the origin that it asks: an answer from here, or one behind the same proxy. */
  readonly isSameOrigin: boolean;
}

/** The origin of pages that are not told: sandboxed ones, files, redirects. */
const OPAQUE = 'null';

/**
 * What a request shows of a web page behind it; undefined for programs, and for an address that
 * somebody typed. Pages can leave none of it out but the Referer: browsers send `Origin` with
 * everything that pages may read or that is no GET, and `Sec-Fetch-Site` with everything to loopback.
 * `Sec-Fetch-Mode` says nothing, as Node's `fetch` sends it too.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function pageOf({ headers }: Pick<HttpRequest, 'headers'>): Page | undefined {
  const { origin, referer } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined && referer === undefined) {
    if (site === undefined) return isUntoldBrowser(headers) ? FOREIGN : undefined;
    if (site === 'none') return undefined;
  }
  const told = origin ?? originOf(referer);
  if (site !== undefined && site !== 'none') {
    const isSameOrigin = site === 'same-origin';
    return { origin: told ?? (isSameOrigin ? `http://${headers.host}` : OPAQUE), isSameOrigin };
  }
  return { origin: told ?? OPAQUE, isSameOrigin: hostOf(told) === headers.host?.toLowerCase() };
}

const FOREIGN: Page = { origin: OPAQUE, isSameOrigin: false };

/**
 * Browsers take only some addresses of loopback for safe, and tell others nothing: of `0.0.0.0` a GET
 * without a Referer looks like a program's, but for the User-Agent, which pages cannot change.
 */
function isUntoldBrowser(headers: HttpRequest['headers']): boolean {
  if (!isBrowser(headers)) return false;
  const name = hostName(headers.host ?? '');
  return name === '0.0.0.0' || name === '[::]';
}

/** Whether the User-Agent is a browser's; PowerShell calls itself one. */
export function isBrowser(headers: HttpRequest['headers']): boolean {
  const agent = headers['user-agent'] ?? '';
  return agent.startsWith('Mozilla/') && !agent.includes('PowerShell');
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
}

function hostOf(origin: string | undefined): string | undefined {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
}
