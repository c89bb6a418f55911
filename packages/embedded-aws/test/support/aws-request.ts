import type { Caller } from '../../src/core/caller';
import { rootCaller } from '../../src/core/caller';
import type { AwsRequest } from '../../src/core/http';

/** A request as the dispatcher hands it to a service; what a test does not care about has defaults. */
export function awsRequest(
  overrides: Partial<Omit<AwsRequest, 'body'>> & { body?: string | Buffer } = {},
): AwsRequest {
  const { body = '', ...rest } = overrides;
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: {},
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
    caller: testCaller,
    requestId: '00000000-0000-4000-8000-000000000000',
    ...rest,
    body: Buffer.from(body),
  };
}

/** The owner of the default account in us-east-1. */
export const testCaller: Caller = rootCaller({ accountId: '000000000000', region: 'us-east-1' });
