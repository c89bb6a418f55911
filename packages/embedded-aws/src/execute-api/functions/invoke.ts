import { randomUUID } from 'node:crypto';
import { rootCaller } from '../../core/caller';
import type { HttpResponse } from '../../core/http';
import type { InvokeService } from '../integrations';
import type { FunctionTarget } from './target';

/** One call of a function. */
export interface FunctionRequest {
  readonly body: Buffer;
  /** By lower-case name. The host is where the function finds AWS when it calls back. */
  readonly headers: Readonly<Record<string, string>> & { readonly host: string };
  readonly sourceIp: string;
  readonly method?: string;
}

/** Sends Lambda's Invoke. The right to do so must have been checked. */
export async function invokeFunction(
  { path, scope }: FunctionTarget,
  { body, headers, sourceIp, method = 'POST' }: FunctionRequest,
  invokeService: InvokeService,
): Promise<HttpResponse> {
  return invokeService('lambda', {
    method,
    path,
    query: '',
    headers,
    body,
    sourceIp,
    protocol: 'HTTP/1.1',
    // It may: the account that the function is in is not asked again.
    caller: rootCaller(scope),
    requestId: randomUUID(),
  });
}

/** The message of Lambda's error, or of the function's; the whole text if it is neither. */
export function errorMessageOf(payload: string): string {
  try {
    const { errorMessage, message, Message } = Object(JSON.parse(payload));
    return String(errorMessage ?? message ?? Message ?? payload);
  } catch {
    return payload;
  }
}
