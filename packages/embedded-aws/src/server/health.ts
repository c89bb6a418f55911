import type { Front } from './dispatch';

/**
 * `GET /_aws/health`: identifies the embedded AWS, lists its services, and says whether it requires
 * signatures with its owner's secret.
 */
export function healthFront(services: readonly string[], strict = false): Front {
  return {
    reach: 'health',
    matches: ({ path }) => path === '/_aws/health',
    handle: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        embeddedAws: true,
        services: services.toSorted(),
        ...(strict && { strict }),
      }),
    }),
  };
}
