import type { EventRoute } from '../../../resources/events/routes';
import { bodyOf } from '../../../resources/events/senders';

/** The kinds of bodies that a route takes, each with its content types. */
export const typesOf = ({ bodies }: EventRoute) =>
  bodies.flatMap((kind) => bodyOf(kind).contentTypes.map((contentType) => ({ kind, contentType })));

/** One content type of each kind. */
export const firstTypes = ({ bodies }: EventRoute) =>
  bodies.map((kind) => ({ kind, contentType: bodyOf(kind).contentTypes[0] ?? '' }));
