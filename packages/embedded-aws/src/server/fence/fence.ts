import { AwsError } from '../../core/errors';
import type { HttpRequest } from '../../core/http';
import { credentialScope } from '../credentials';
import { dialectOf } from '../dialect';
import { hostName, type IsOwnName, ownHosts } from './host';
import { checkedHosts, checkedOrigins, type FenceOptions } from './options';
import { type Page, pageOf } from './page';
import { unlikeAwsTools } from './unpreflighted';

/** The target of a request: a service, a deployed API, or the embedded AWS's health page. */
export type Reach = 'service' | 'api' | 'health';

/**
 * Keeps web pages that the developer visits out of the embedded AWS. A browser lets any page send
 * requests to loopback and, by DNS rebinding, read the answers; where signatures are not verified,
 * any page can also sign. AWS itself is protected by its DNS, TLS and secret keys.
 */
export class Fence {
  readonly #isOwnHost: IsOwnName;
  readonly #isDomain: IsOwnName;
  readonly #origins: ReadonlySet<string>;

  /**
   * @param isDomain whether a name is a custom domain name of a deployed API
   * @throws OptionError
   */
  constructor(
    { allowHosts = [], allowOrigins = [] }: FenceOptions = {},
    isDomain: IsOwnName = () => false,
  ) {
    this.#isOwnHost = ownHosts(checkedHosts(allowHosts));
    this.#isDomain = isDomain;
    this.#origins = new Set(checkedOrigins(allowOrigins));
  }

  /** True if the user has allowed a page's origin. */
  isNamed({ origin }: Page): boolean {
    return this.#origins.has(origin);
  }

  /**
   * Admits or refuses a request. For a deployed API, the API itself decides which pages may call a
   * method, once the method is known.
   * @returns the page behind the request, if the user has allowed it; undefined when there is no
   *   page
   * @throws AwsError 403 in the code of the service asked, with the reason
   */
  admit(request: HttpRequest, reach: Reach): Page | undefined {
    this.#checkHost(request, reach);
    if (reach === 'api') return undefined;
    const page = pageOf(request);
    if (page !== undefined && !this.isNamed(page)) throw refused(request, pageRefusal(page));
    if (reach === 'service') {
      const reason = unlikeAwsTools(request);
      if (reason !== undefined) throw refused(request, reason);
    }
    return page;
  }

  #checkHost(request: HttpRequest, reach: Reach): void {
    const { host } = request.headers;
    // Only a request that was not sent over a wire has no host.
    if (host === undefined || this.#isOwnHost(host)) return;
    const name = hostName(host);
    if (reach === 'api' && name !== undefined && this.#isDomain(name)) return;
    throw refused(
      request,
      name === undefined
        ? 'The Host header must name one host that leads to the embedded AWS, such as 127.0.0.1.'
        : `The embedded AWS does not answer to the name '${name}'. If it is a name of this machine, start the embedded AWS with: --allow-host ${name}`,
    );
  }
}

function pageRefusal({ origin }: Page): string {
  return origin === 'null'
    ? 'A web page that does not tell its origin may not call the embedded AWS. If it is yours, serve it at an origin of its own and start the embedded AWS with: --allow-origin <that origin>'
    : `Web pages of ${origin} may not call the embedded AWS. If they are yours, start it with: --allow-origin ${origin}`;
}

function refused(request: HttpRequest, message: string): AwsError {
  const dialect = dialectOf(request, credentialScope(request)?.service);
  const isXml = dialect === 'query' || dialect === 's3';
  const code = isXml ? 'AccessDenied' : 'AccessDeniedException';
  return new AwsError(code, message, { status: 403 });
}
