import { parseAwsIntegrationUri } from '../apigateway/integration-uri';
import type { Integration, Method } from '../apigateway/model';
import { pageOf } from '../server/fence/page';
import type { PageRules, StageDependencies } from './dependencies';
import type { Exchange } from './exchange';
import { GatewayError } from './gateway-error';
import type { HeaderBag } from './header-bag';
import { preflightHeaders, type RunMethod } from './preflight';

// On AWS an open API accepts requests of any web page. On a developer's machine an open stage is
// meant for the developer's own programs, but every page that is visited there can reach it. So a
// request of a page of another origin is held to what the API answers when a browser asks whether
// that page may send it: browsers do not ask about forms, images and simple requests of scripts.

/** No page is named, and any can sign. */
export const STRICTEST: PageRules = { isNamed: () => false, canSign: true };

/**
 * Refuses a request of a web page of another origin that must not call the method. A method that
 * needs a secret which no page has (a key, a signature), or only reads, is called as on AWS: pages
 * cannot see an answer that does not name them.
 * @param run answers the preflight that the browser did not send
 * @throws GatewayError 403, with the reason
 */
export function admitPage(
  exchange: Exchange,
  dependencies: StageDependencies,
  run: RunMethod,
): Promise<void> | void {
  const { http, method } = exchange;
  const rules = dependencies.pages;
  const page = pageOf(http);
  if (page === undefined || page.isSameOrigin || rules.isNamed(page)) return undefined;
  if (method.apiKeyRequired || (method.authorizationType === 'AWS_IAM' && !rules.canSign)) {
    return undefined;
  }
  if (http.method === 'OPTIONS' && answersPreflights(method)) return undefined;
  if (onlyReads(method.integration, http.method)) return undefined;
  return requirePreflight(exchange, page.origin, run, dependencies);
}

/** @throws GatewayError 403 when the API's answer to a preflight does not allow the request */
async function requirePreflight(
  exchange: Exchange,
  origin: string,
  run: RunMethod,
  dependencies: StageDependencies,
): Promise<void> {
  const headers = await preflightHeaders(exchange, origin, answersPreflights, run, dependencies);
  if (allows(headers, origin, exchange.http.method)) return;
  const whose = origin === 'null' ? 'that does not tell its origin' : `of ${origin}`;
  throw new GatewayError(
    'ACCESS_DENIED',
    `A web page ${whose} may not call this method: the API's answer to OPTIONS does not allow it. Declare CORS for that origin in the API, or start the embedded AWS with: --allow-origin ${origin === 'null' ? '<an origin of its own>' : origin}`,
  );
}

/**
 * True if a method may answer preflights: it is for OPTIONS, or passes them to a backend. Functions behind
 * `ANY` answer them by themselves.
 */
function answersPreflights({
  httpMethod,
  authorizationType,
  apiKeyRequired,
  integration,
}: Method): boolean {
  // Browsers send neither a signature nor a key with it.
  if (authorizationType !== 'NONE' || apiKeyRequired) return false;
  if (httpMethod === 'OPTIONS' || integration?.type === 'AWS_PROXY') return true;
  return onlyReads(integration, 'OPTIONS');
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Actions of AWS's services that change nothing. */
const READING_ACTION = /^(BatchGet|Describe|Get|List|Query|Scan)[A-Za-z]*(?=[&?]|$)/;

/**
 * True if a method only reads. The backend's request decides: a client's GET may write a record.
 */
function onlyReads(integration: Integration | undefined, httpMethod: string): boolean {
  if (integration === undefined) return true;
  const { type, uri = '', httpMethod: sent = 'ANY' } = integration;
  if (type === 'MOCK') return true;
  const isSafe = SAFE_METHODS.includes(sent === 'ANY' ? httpMethod : sent);
  if (type === 'HTTP' || type === 'HTTP_PROXY') return isSafe;
  const target = parseAwsIntegrationUri(uri);
  if (target === undefined) return false;
  // Only S3 is read by GET alone: a GET may call any action of other services.
  if (target.service === 's3') return isSafe;
  return target.kind === 'action' && READING_ACTION.test(target.target);
}

/** Browsers send these without a word in `Access-Control-Allow-Methods`. */
const SAFELISTED_METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];

/** True if the answer to a preflight allows the origin to use this method. */
function allows(headers: HeaderBag | undefined, origin: string, method: string): boolean {
  const allowed = headers?.get('access-control-allow-origin');
  if (allowed !== '*' && allowed !== origin) return false;
  const methods = headers?.get('access-control-allow-methods');
  if (methods === undefined) return SAFELISTED_METHODS.includes(method);
  const names = methods.split(',').map((name) => name.trim().toUpperCase());
  return names.includes('*') || names.includes(method === 'HEAD' ? 'GET' : method);
}
