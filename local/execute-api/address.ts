/** Where a request to a deployed API goes. */
export interface ApiAddress {
  readonly apiId: string;
  /** Empty when the path names none. */
  readonly stageName: string;
  /** What is left for the API's own routes, percent-encoded; starts with `/`. */
  readonly path: string;
}

const PREFIX = '/_aws/execute-api/';
const HOST = /^([a-z0-9]+)\.execute-api\.[^/]+$/i;

/**
 * Reads the API and stage of a request: from the path `/_aws/execute-api/{api-id}/{stage}/…` on any
 * host, or from the host `{api-id}.execute-api.…` and the path `/{stage}/…`.
 */
export function apiAddress(path: string, host: string | undefined): ApiAddress | undefined {
  if (path.startsWith(PREFIX)) {
    const [apiId = '', rest] = splitFirst(path.slice(PREFIX.length));
    return { apiId, ...stageAndPath(rest) };
  }
  const apiId = HOST.exec(host ?? '')?.[1];
  return apiId === undefined ? undefined : { apiId: apiId.toLowerCase(), ...stageAndPath(path) };
}

function stageAndPath(path: string): { stageName: string; path: string } {
  const [stageName = '', rest] = splitFirst(path.replace(/^\/+/, ''));
  return { stageName, path: rest };
}

/** The text up to the first slash, and the slash with all that follows. */
function splitFirst(text: string): [string, string] {
  const slash = text.indexOf('/');
  return slash === -1 ? [text, '/'] : [text.slice(0, slash), text.slice(slash)];
}
