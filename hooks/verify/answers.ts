import { DEPLOYMENT_HEADER } from '../../resources/deployment-header';
import type { Trouble } from '../process/retries';
import { networkReason, refusedCredentials } from '../stage/unasked';
import type { ApiClientOptions } from './api-client';
import type { Answer, Lost } from './attempt';
import { CheckFailure } from './check';
import { type ApiRequest, type Exchange, jsonIn, unsigned } from './exchange';

/** The reason to repeat a request: a transient fault, or a deployment that is not live yet. */
export function whyAgain(
  outcome: Answer | Lost,
  { deploymentId, sharesApi = false }: ApiClientOptions,
  {
    passesThrough = false,
    mayBeLimited = false,
    anonymous = false,
    pretence,
    isLive,
  }: Pick<ApiRequest, 'passesThrough' | 'mayBeLimited' | 'anonymous' | 'pretence'> & {
    isLive: boolean;
  },
): { readonly text: string; readonly trouble: Trouble } | undefined {
  if (!('status' in outcome)) {
    return { text: networkReason(outcome.error), trouble: outcome.trouble };
  }
  const { status, headers } = outcome;
  if (isFiltered(outcome)) return undefined;
  if (status === 429 && mayBeLimited) return undefined;
  if (status === 429) return tooFast(headers);
  // An authorizer that fails for what is no token does so each time.
  if ((anonymous || pretence) && isOfAuthorizer(outcome)) return undefined;
  if (status >= 500) return { text: `status ${status}`, trouble: 'fault' };
  const answeredBy = headers[DEPLOYMENT_HEADER.toLowerCase()];
  if (deploymentId === undefined || answeredBy === deploymentId) return undefined;
  if (answeredBy === undefined && passesThrough) return undefined;
  // A shared gateway's own errors name no deployment; the endpoints are known to be live.
  if (sharesApi && isLive && answeredBy === undefined && status >= 400) return undefined;
  if (answeredBy === undefined && !isJson(outcome)) {
    // A gateway without the route answers with JSON. Clients would accept a page with a 2xx as an
    // answer too, and a retry would hide it.
    if (isSuccess(status)) return undefined;
    return { text: `status ${status} without JSON`, trouble: 'fault' };
  }
  return { text: `answered by ${answeredBy ?? 'no deployment'}`, trouble: 'elsewhere' };
}

/** True for the 500 of an authorizer that fails, or that API Gateway may not call. */
export const isOfAuthorizer = ({ status, headers }: Pick<Exchange, 'status' | 'headers'>) =>
  status >= 500 && /^Authorizer(Configuration|Failure)/.test(headers['x-amzn-errortype'] ?? '');

/**
 * A 429 of the stage's own throttle is as declared; any other comes from the backend or a quota.
 */
function tooFast(headers: Exchange['headers']): {
  readonly text: string;
  readonly trouble: Trouble;
} {
  return (headers['x-amzn-errortype'] ?? '').startsWith('TooManyRequestsException')
    ? { text: "status 429 of the stage's throttle", trouble: 'limited' }
    : { text: 'status 429', trouble: 'busy' };
}

/**
 * True if a web ACL blocked the request: in the stack's envelope, the code is the type of the gateway
 * response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function isFiltered({ status, body }: Pick<Exchange, 'status' | 'body'>): boolean {
  return status >= 400 && status < 500 && /"code":\s*"WAF_FILTERED"/.test(body);
}

/**
 * The same under a shared gateway, whose own errors are its owner's. `Forbidden` is also what an
 * invalid key gets, so that it counts only where the credentials are known to be good.
 */
export function isForbidden(
  { status, headers, anonymous }: Exchange,
  { sharesApi = false }: Pick<ApiClientOptions, 'sharesApi'>,
  isLetIn: boolean,
): boolean {
  if (!sharesApi || anonymous || !isLetIn || status !== 403) return false;
  const type = headers['x-amzn-errortype'] ?? '';
  return type.startsWith('ForbiddenException') && !(DEPLOYMENT_HEADER.toLowerCase() in headers);
}

const isSuccess = (status: number) => status >= 200 && status < 300;

/** True if an answer has a JSON content type and can be parsed. */
export const isJson = (answer: Pick<Exchange, 'headers' | 'body'>): boolean =>
  /\bjson\b/.test(answer.headers['content-type'] ?? '') && jsonIn(answer) !== undefined;

/**
 * @throws CheckFailure for an answer that says that all is well, and is not what a client can read.
 *   Doors that others made hand on the empty body of Kinesis's own CreateStream
 */
export function requireJson(
  answer: Exchange,
  { deploymentId }: Pick<ApiClientOptions, 'deploymentId'>,
): void {
  const { status, headers, body } = answer;
  const mayBeEmpty = status === 204 || deploymentId === undefined;
  if (!isSuccess(status) || (mayBeEmpty && body === '') || isJson(answer)) return;
  const type = headers['content-type'];
  throw new CheckFailure(
    /\bjson\b/.test(type ?? '')
      ? `the answer (${status}) claims to be JSON, but is not`
      : `the answer (${status}) is ${type ?? 'without a content type'}, not JSON`,
    answer,
  );
}

/**
 * @param isLetIn true if another request's signature was accepted: then a mismatch is no evidence
 *   against the credentials
 * @throws Unasked when API Gateway rejects the credentials themselves
 */
export function requireCredentials(
  { status, headers, anonymous, body }: Exchange,
  { sign }: Pick<ApiClientOptions, 'sign'>,
  isLetIn: boolean,
): void {
  if (status !== 403 || anonymous || sign === unsigned) return;
  // `ExpiredTokenException:http://internal.amazon.com/…`, as some gateways have it.
  const [type = ''] = (headers['x-amzn-errortype'] ?? '').split(':');
  const refused = isLetIn ? NO_LONGER_VALID : NOT_VALID;
  if (!refused.test(type)) return;
  const unasked = refusedCredentials([type], `API Gateway: ${type}: ${body.slice(0, 200)}`);
  if (unasked) throw unasked;
}

const NO_LONGER_VALID = /^(ExpiredToken|UnrecognizedClient)Exception$/;
/** A missing token is what it says of unknown routes, too. */
const NOT_VALID =
  /^(ExpiredToken|UnrecognizedClient|InvalidSignature|IncompleteSignature)Exception$/;
