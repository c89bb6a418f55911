import type { IdentitySource } from '../../apigateway/identity-source';
import { truncated } from '../execution-log';
import type { AuthorizerCall } from './call';
import type { IdentityValue } from './identity-values';

// The execution log's lines on authorizers, in AWS's words (public dumps of 2017, 2019 and 2023).

export function logStart({ log, authorizer, context }: AuthorizerCall): void {
  log?.add(`Starting authorizer: ${authorizer.id} for request: ${context.requestId}`);
}

export function logIdentity({ log, authorizer }: AuthorizerCall, values: readonly IdentityValue[]) {
  if (log === undefined) return;
  const shown = values.map(({ source, value = '' }) => ({ source, value: masked(value) }));
  const text =
    authorizer.type === 'REQUEST'
      ? `{${shown.map(({ source, value }) => `${written(source)}=${value}`).join(', ')}}`
      : (shown[0]?.value ?? '');
  log.add(`Incoming identity: ${truncated(text)}`);
}

export function logFunctionRequest({ log }: AuthorizerCall, url: string, body: string): void {
  log?.add(`Endpoint request URI: ${url}`);
  log?.add(`Endpoint request body after transformations: ${truncated(body)}`);
  log?.add(`Sending request to ${url}`);
}

export function logFunctionAnswer({ log }: AuthorizerCall, payload: string): void {
  log?.add(`Authorizer result body before parsing: ${truncated(payload)}`);
}

export function logPrincipal({ log }: AuthorizerCall, principalId: string | undefined): void {
  log?.add(`Using valid authorizer policy for principal: ${masked(principalId ?? '')}`);
}

export function logSuccess({ log }: AuthorizerCall): void {
  log?.add('Successfully completed authorizer execution');
}

function written({ place, name }: IdentitySource): string {
  const isRequests = place !== 'context' && place !== 'stageVariables';
  return `${isRequests ? 'method.request.' : ''}${place}.${name}`;
}

/** Characters at the end that logs show of a secret. */
const SHOWN = 6;

function masked(text: string): string {
  const hidden = Math.max(0, text.length - SHOWN);
  return '*'.repeat(hidden) + text.slice(hidden);
}
