import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { bodyBytes } from './body-bytes';
import type { Direct } from './exchange';

/** Headers that `fetch` adds, too. */
const HEADERS = { accept: '*/*', 'user-agent': 'verify' };

/**
 * Calls an API on this machine: without the proxies, redirects, compression and web streams that make
 * half of what a call by `fetch` costs there.
 * @returns the way to it, and what closes its connections
 */
export function openLoopback(): { readonly direct: Direct; close(): void } {
  const agent = new Agent({ keepAlive: true });
  const bytesOf = bodyBytes();
  return {
    async direct({ method, url, headers, body, signal }) {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = { agent, method, headers: { ...HEADERS, ...headers }, signal };
        const sent = httpRequest(url, options, resolve).once('error', reject);
        sent.end(body === undefined ? undefined : bytesOf(body));
      });
      return {
        status: answer.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
        ),
        body: await text(answer),
      };
    },
    close: () => agent.destroy(),
  };
}
