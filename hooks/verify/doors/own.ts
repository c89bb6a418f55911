import { DEPLOYMENT_HEADER } from '../../../resources/deployment-header';
import { endpointOf } from '../../../resources/endpoints';
import { pageOrigins } from '../../../resources/events/page-origins';
import { corsOrigins, type Target } from '../../stage/target';
import { isJson } from '../answers';
import {
  expectCode,
  expectEqual,
  expectListed,
  expectStatus,
  isRefusedByOwner,
  jsonObject,
} from '../ask';
import { type CheckContext, CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import { stored } from '../records';
import type { Door } from './door';

/**
 * This service's own API. Every answer must have this deployment's id, JSON that is called so, the
 * CORS headers that the stage's origins ask for, and, when it is an error, the one envelope.
 */
export const OWN_DOOR: Door = {
  isOwn: true,
  takes: () => true,

  request(id, { stream, query = {}, headers, ...given }) {
    const { method, path } = endpointOf(id);
    const target = path.replace('{stream-name}', encodeURIComponent(stream));
    const search = searchOf(query);
    return {
      ...given,
      method,
      path: search === '' ? target : `${target}?${search}`,
      ...(headers && { headers }),
    };
  },

  read: (_, answer) => answer,

  accept(answer, { status, code }, context) {
    if (isRefusedByOwner(answer, context, status)) return;
    expectThisDeployment(answer, context);
    expectStatus(answer, status);
    expectJson(answer);
    expectCors(answer, originsExpected(answer, context.target));
    if (answer.status >= 400) expectEnvelope(answer);
    if (code !== undefined) expectCode(answer, code);
  },

  stored: (_, value) => stored(value),
};

/** True for the gateway's own errors, which no method has a say in. */
export const isOfTheGateway = ({ headers }: Exchange) => 'x-amzn-errortype' in headers;

/**
 * The origins that an answer of the API may name, from the stage's. The gateway's own errors, which
 * carry no data, name any page that asked where a stream has origins of its own.
 */
export function originsExpected(
  answer: Exchange,
  target: Target,
  ofTheMethod = corsOrigins(target),
): readonly string[] {
  if (!isOfTheGateway(answer)) return ofTheMethod;
  if (target.streams.every((stream) => pageOrigins(stream) === undefined))
    return corsOrigins(target);
  const { origin } = answer.requestHeaders;
  return origin === undefined ? [] : [origin];
}

/** A blank as %20: signers and verifiers do not agree on what + stands for. */
export const searchOf = (query: Readonly<Record<string, string>>): string =>
  new URLSearchParams(query).toString().replaceAll('+', '%20');

export function expectThisDeployment(answer: Exchange, { target }: CheckContext): void {
  const answeredBy = answer.headers[DEPLOYMENT_HEADER.toLowerCase()];
  if (answeredBy === target.deploymentId) return;
  throw new CheckFailure(
    answeredBy === undefined
      ? `the answer (${answer.status}) does not say which deployment gave it`
      : `deployment ${answeredBy} answered; the stack's is ${target.deploymentId}`,
    answer,
  );
}

/** Emulators may name the JSON of Kinesis; clients that look at the type must find that it is JSON. */
export function expectJson(answer: Exchange): void {
  if (isJson(answer)) return;
  const type = answer.headers['content-type'];
  if (/\bjson\b/.test(type ?? '')) throw new CheckFailure('the answer is not JSON', answer);
  throw new CheckFailure(`the answer's content type is ${type ?? 'missing'}, not JSON`, answer);
}

export function expectCors(answer: Exchange, [origin, ...others]: readonly string[]): void {
  const name = 'access-control-allow-origin';
  expectEqual(answer, `header ${name}`, answer.headers[name], origin);
  if (origin === undefined) return;
  expectListed(answer, 'access-control-expose-headers', DEPLOYMENT_HEADER);
  // Or a cache would hand one origin the answer that names another.
  if (others.length > 0) expectListed(answer, 'vary', 'Origin');
}

const ENVELOPE = ['code', 'message', 'requestId'];

export function expectEnvelope(answer: Exchange): void {
  const envelope = jsonObject(answer);
  expectEqual(answer, "the error's members", Object.keys(envelope).join(), ENVELOPE.join());
  expectEqual(answer, 'requestId', envelope.requestId, answer.requestId);
  for (const name of ['code', 'message']) {
    if (typeof envelope[name] === 'string' && envelope[name] !== '') continue;
    throw new CheckFailure(`the error has no ${name}`, answer);
  }
}
