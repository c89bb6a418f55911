import type { Sign } from './exchange';

/** Adds the key to every request. */
export function withApiKey(value: string): Sign {
  return async (request) => {
    request.headers.set('x-api-key', value);
    return request;
  };
}
