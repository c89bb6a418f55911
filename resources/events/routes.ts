import type { DeclaredStream } from '../streams/declared';
import { BODIES, type BodyKind, SENDERS } from './senders';

/** One method of the API that takes events of a declared stream. */
export interface EventRoute {
  readonly stream: DeclaredStream;
  readonly method: 'POST' | 'GET';
  /** `/events/orders/batch` */
  readonly path: `/events/${string}`;
  /** The kinds of bodies that it takes. */
  readonly bodies: readonly BodyKind[];
}

/** An endpoint's paths below `/events/{name}`. */
const PATHS = [
  { path: '', method: 'POST' },
  { path: '/batch', method: 'POST' },
  { path: '/pixel', method: 'GET' },
] as const;

/** The event endpoints of the declared streams: one for each path that their senders need. */
export function eventRoutes(declared: readonly DeclaredStream[]): EventRoute[] {
  return declared.flatMap((stream) => {
    const kinds = [...new Set(stream.senders.flatMap((sender) => SENDERS[sender].bodies))];
    return PATHS.flatMap(({ path, method }) => {
      const bodies = kinds.filter((kind) => (BODIES[kind].path as string) === path);
      if (bodies.length === 0) return [];
      return { stream, method, path: `/events/${stream.name}${path}` as const, bodies };
    });
  });
}
