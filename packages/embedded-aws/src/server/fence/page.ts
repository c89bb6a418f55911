import type { HttpRequest } from '../../core/http';
import { hostName } from './host';

/** The web page from which a browser sent a request. */
export interface Page {
  /** `https://app.example`; `null` where the browser hides it. */
  readonly origin: string;
  /** True if it calls its own origin: served from here, or from behind the same proxy. */
  readonly isSameOrigin: boolean;
}

/** The origin of pages whose origin is hidden: sandboxed ones, files, redirects. */
const OPAQUE = 'null';

/**
 * Finds the web page behind a request; undefined for programs and for an address that the user
 * typed. A page can suppress the Referer only: browsers send `Origin` with every request whose
 * answer the page may read and with every request but GET, and `Sec-Fetch-Site` with every request
 * to loopback. `Sec-Fetch-Mode` says nothing, as Node's `fetch` sends it too.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function pageOf({ headers }: Pick<HttpRequest, 'headers'>): Page | undefined {
  const { origin, referer } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined && referer === undefined) {
    if (site === undefined) return isUntoldBrowser(headers) ? FOREIGN : undefined;
    if (site === 'none') return undefined;
  }
  const known = origin ?? originOf(referer);
  if (site !== undefined && site !== 'none') {
    const isSameOrigin = site === 'same-origin';
    return { origin: known ?? (isSameOrigin ? `http://${headers.host}` : OPAQUE), isSameOrigin };
  }
  return { origin: known ?? OPAQUE, isSameOrigin: hostOf(known) === headers.host?.toLowerCase() };
}

const FOREIGN: Page = { origin: OPAQUE, isSameOrigin: false };

/**
 * Browsers send no `Sec-Fetch-Site` to hosts that they do not trust, and over plain HTTP they trust
 * loopback alone: a GET to another address of this machine without a Referer looks like a program's
 * except for the User-Agent, which pages cannot change.
 * https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy
 */
function isUntoldBrowser(headers: HttpRequest['headers']): boolean {
  return isBrowser(headers) && !TRUSTED.test(hostName(headers.host ?? '') ?? '');
}

const TRUSTED = /^(127(\.\d+){3}|\[::1\]|([a-z0-9._-]+\.)?localhost)$/;

/** True if the User-Agent is a browser's. PowerShell claims to be one too. */
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
