import type { DeclaredStream } from '../streams/declared';
import { type BodyKind, bodiesTaken, bodyOf } from './senders';

/** One method of the API that takes events of a declared stream. */
export interface EventRoute {
  readonly stream: DeclaredStream;
  readonly kind: EventRouteKind;
  readonly method: 'POST' | 'GET';
  /** `/events/orders/batch` */
  readonly path: `/events/${string}`;
  readonly action: 'PutRecord' | 'PutRecords';
  /** The kinds of bodies that it takes. */
  readonly bodies: readonly BodyKind[];
}

export type EventRouteKind = keyof typeof KINDS;

/** An endpoint's paths below `/events/{name}`. */
const KINDS = {
  single: { path: '', method: 'POST', action: 'PutRecord' },
  batch: { path: '/batch', method: 'POST', action: 'PutRecords' },
  pixel: { path: '/pixel', method: 'GET', action: 'PutRecord' },
} as const;

/** The event endpoints of the declared streams: one for each path that their senders need. */
export function eventRoutes(declared: readonly DeclaredStream[]): EventRoute[] {
  return declared.flatMap((stream) => {
    const taken = bodiesTaken(stream.senders, readsEvents(stream));
    return Object.entries(KINDS).flatMap(([kind, { path, method, action }]) => {
      const bodies = taken.filter((body) => bodyOf(body).path === path);
      if (bodies.length === 0) return [];
      return {
        stream,
        kind: kind as EventRouteKind,
        method,
        path: `/events/${stream.name}${path}` as const,
        action,
        bodies,
      };
    });
  });
}

/** True for a schema, or a key in a member: API Gateway must be able to read the events. */
const readsEvents = ({ key, contract }: DeclaredStream): boolean =>
  key.from.startsWith('$.') || contract !== undefined;
