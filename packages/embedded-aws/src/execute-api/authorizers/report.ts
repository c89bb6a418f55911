import type { GatewayError } from '../gateway-error';

/**
 * An authorizer at work, as access logs tell it by `$context.authorizer.…`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export interface AuthorizerReport {
  /** 200 also if the policy that it answers with refuses, which is for the phase after it. */
  status?: number;
  error?: string;
  /** Milliseconds, as the next. */
  latency?: number;
  integrationLatency?: number;
  /** Of Lambda's answer; absent if the answer is a cached one. */
  integrationStatus?: number;
  requestId?: string | undefined;
}

/** The status that an authorizer's own failure has by default. */
export function statusOf({ responseType, status }: GatewayError): number {
  if (responseType === 'UNAUTHORIZED') return 401;
  return responseType === 'ACCESS_DENIED' ? 403 : (status ?? 500);
}
