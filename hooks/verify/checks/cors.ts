import { endpoints } from '../../../resources/endpoints';
import { corsOrigins } from '../../stage/target';
import { expectEqual, expectListed } from '../ask';
import { askAll } from '../ask-all';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { ofStage, withoutEndpoint } from './define';

/** The headers that pages send: JSON, a key, or a signature. */
const SENT = ['Content-Type', 'X-Api-Key', 'Authorization', 'X-Amz-Date', 'X-Amz-Security-Token'];

const FOREIGN = 'https://verify-foreign.example';

/** CORS preflights. The origin in other answers is checked with each of them, see `askPath`. */
export const corsChecks = {
  Preflight: ofStage({
    title: 'OPTIONS on every path answers CORS preflights',
    skipReason: (target) => (corsOrigins(target).length === 0 ? 'no CORS origins' : undefined),
    async run(context) {
      const [origin = ''] = corsOrigins(context.target);
      const paths = new Set(endpoints.map((route) => route.path));
      await askAll([...paths], (path) =>
        preflight(context, path, origin === '*' ? FOREIGN : origin, origin),
      );
      return {};
    },
  }),

  ForeignOrigin: ofStage({
    title: 'Origins that are not allowed get no CORS headers',
    skipReason: (target) => {
      const origins = corsOrigins(target);
      if (origins.length === 0) return 'no CORS origins';
      return origins.includes('*') ? 'every origin allowed' : undefined;
    },
    async run(context) {
      const [first, ...others] = corsOrigins(context.target);
      // A single origin is a fixed header; with several, the answer names none.
      const expected = others.length === 0 ? first : undefined;
      await preflight(context, '/streams', FOREIGN, expected);
      const headers = { origin: FOREIGN };
      const answer = await context.api.send({ method: 'GET', path: '/streams', headers });
      const name = 'access-control-allow-origin';
      expectEqual(answer, `header ${name}`, answer.headers[name], expected);
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

async function preflight(
  context: CheckContext,
  path: string,
  origin: string,
  expected: string | undefined,
): Promise<void> {
  const answer = await context.api.send({
    method: 'OPTIONS',
    path: path.replace('{stream-name}', context.stream),
    headers: { origin, 'access-control-request-method': 'PUT' },
    anonymous: true,
  });
  const { headers } = answer;
  if (answer.status !== 204) throw new CheckFailure(`expected 204, got ${answer.status}`, answer);
  const allowed = headers['access-control-allow-origin'];
  if (allowed !== expected) {
    throw new CheckFailure(`expected the origin ${expected}, got ${allowed}`, answer);
  }
  const here = endpoints.filter((endpoint) => endpoint.path === path);
  const methods = here
    .filter((endpoint) => withoutEndpoint(endpoint, context.target) === undefined)
    .map(({ method }) => method);
  if (headers['access-control-allow-methods'] !== methods.join()) {
    throw new CheckFailure(`expected the methods ${methods.join()}`, answer);
  }
  const own = here.flatMap(({ headers: declared = {} }) => Object.keys(declared));
  for (const header of [...SENT, ...own]) {
    expectListed(answer, 'access-control-allow-headers', header);
  }
}
