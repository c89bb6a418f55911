import { type Endpoint, type EndpointId, endpointOf } from '../../../resources/endpoints';
import { managesStreams, type Target } from '../../stage/target';
import type { Check } from '../check';

type Given = Pick<Check, 'run'> & Partial<Omit<Check, 'endpoint' | 'run'>>;

/** A check of one endpoint; its title is method and path, and what it looks at if it says so. */
export function ofEndpoint(id: EndpointId, given: Given): Check {
  const { method, path } = endpointOf(id);
  const route = `${method} ${path}`;
  return {
    writes: true,
    requires: [],
    provides: [],
    ...given,
    endpoint: id,
    title: given.title === undefined ? route : `${route}: ${given.title}`,
  };
}

/** A check of several endpoints, or of the stage as a whole. */
export function ofStage(given: Given & Pick<Check, 'title'>): Check {
  return { writes: false, requires: [], provides: [], ...given };
}

/** The reason why a stage lacks an endpoint; undefined where it has it. */
export function withoutEndpoint(
  { managesStreams: isManaging }: Pick<Endpoint, 'managesStreams'>,
  target: Target,
): string | undefined {
  return isManaging && !managesStreams(target) ? 'streams not managed' : undefined;
}

type Named = Readonly<Record<string, Check>>;
type Merged<Parts> = Parts extends readonly [infer First, ...infer Rest]
  ? First & Merged<Rest>
  : unknown;

/**
 * Puts checks in the order in which they run: part by part, each in the order in which it is written.
 * @throws TypeError when two checks have the same name, which the reports go by
 */
export function inOrder<const Parts extends readonly Named[]>(...parts: Parts): Merged<Parts> {
  const all = parts.flatMap((part) => Object.entries(part));
  const names = all.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TypeError(`Two checks are named ${twice}.`);
  return Object.fromEntries(all) as Merged<Parts>;
}
