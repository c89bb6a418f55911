import type { Front } from './dispatch';

/** `GET /_aws/health`: tells that this is the embedded AWS, and what it has. */
export function healthFront(services: readonly string[]): Front {
  return {
    matches: ({ path }) => path === '/_aws/health',
    handle: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ embeddedAws: true, services: services.toSorted() }),
    }),
  };
}
