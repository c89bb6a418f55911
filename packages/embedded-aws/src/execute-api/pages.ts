import { parseAwsIntegrationUri } from '../apigateway/integration-uri';
import type { Integration, Method } from '../apigateway/model';
import type { HttpRequest } from '../core/http';
import { type Page, pageOf } from '../server/fence/page';
import { GatewayError } from './gateway-error';
import type { HeaderBag } from './header-bag';

// On AWS an API that anybody may call takes what any web page sends. On a developer's machine an open
// stage is meant for the developer's own programs, but every page that is visited there can reach it.
// So a request of a page of another origin is held to what the API answers when a browser asks whether
// that page may send it: browsers do not ask about forms, images and simple requests of scripts.

/** Which web pages may call, whatever the API says. */
export interface PageRules {
  /** Whether the user has named the page's origin. */
  readonly isNamed: (page: Page) => boolean;
  /** Whether any page can sign, as the owner's secrets are no secrets. */
  readonly canSign: boolean;
}

/** No page is named, and any can sign. */
export const STRICTEST: PageRules = { isNamed: () => false, canSign: true };

/** The headers of the API's answer to a preflight of this origin; undefined when it has none. */
export type Preflight = (origin: string) => Promise<HeaderBag | undefined>;

/**
 * Lets a request go on to a method unless it comes from a page of another origin that must not call it.
 * What needs a secret that no page has (a key, a signature) and what only reads goes on as on AWS: pages
 * cannot see an answer that does not name them.
 * @throws GatewayError 403, with the reason
 */
export async function checkPage(
  request: HttpRequest,
  method: Method,
  rules: PageRules,
  preflight: Preflight,
): Promise<void> {
  const page = pageOf(request);
  if (page === undefined || page.isSameOrigin || rules.isNamed(page)) return;
  if (method.apiKeyRequired || (method.authorizationType === 'AWS_IAM' && !rules.canSign)) return;
  if (request.method === 'OPTIONS' && answersPreflights(method)) return;
  if (onlyReads(method.integration, request.method)) return;
  const { origin } = page;
  if (allows(await preflight(origin), origin, request.method)) return;
  const whose = origin === 'null' ? 'that does not tell its origin' : `of ${origin}`;
  throw new GatewayError(
    'ACCESS_DENIED',
    `A web page ${whose} may not call this method: the API's answer to OPTIONS does not allow it. Declare CORS for that origin in the API, or start the embedded AWS with: --allow-origin ${origin === 'null' ? '<an origin of its own>' : origin}`,
  );
}

/** Whether a method may answer preflights: made for OPTIONS, or one that hands them on to a backend. */
export function answersPreflights({
  httpMethod,
  authorizationType,
  apiKeyRequired,
  integration,
}: Method): boolean {
  // Browsers send neither a signature nor a key with it.
  if (authorizationType !== 'NONE' || apiKeyRequired) return false;
  return httpMethod === 'OPTIONS' || onlyReads(integration, 'OPTIONS');
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Actions of AWS's services that change nothing. */
const READING_ACTION = /^(BatchGet|Describe|Get|List|Query|Scan)[A-Za-z]*$/;

/**
 * Whether a method only reads, as far as the API tells: by what is sent on, not by what is asked, as a GET
 * may put a record.
 */
export function onlyReads(integration: Integration | undefined, httpMethod: string): boolean {
  if (integration === undefined) return true;
  const { type, uri = '', httpMethod: sent = 'ANY' } = integration;
  if (type === 'MOCK') return true;
  const isSafe = SAFE_METHODS.includes(sent === 'ANY' ? httpMethod : sent);
  if (type === 'HTTP' || type === 'HTTP_PROXY') return isSafe;
  const target = parseAwsIntegrationUri(uri);
  if (target === undefined) return false;
  return target.kind === 'action' ? READING_ACTION.test(target.target) : isSafe;
}

/** Browsers send these without a word in `Access-Control-Allow-Methods`. */
const SAFELISTED_METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];

/** Whether the answer to a preflight lets the origin send this method. */
function allows(headers: HeaderBag | undefined, origin: string, method: string): boolean {
  const allowed = headers?.get('access-control-allow-origin');
  if (allowed !== '*' && allowed !== origin) return false;
  const methods = headers?.get('access-control-allow-methods');
  if (methods === undefined) return SAFELISTED_METHODS.includes(method);
  const names = methods.split(',').map((name) => name.trim().toUpperCase());
  return names.includes('*') || names.includes(method === 'HEAD' ? 'GET' : method);
}
