/** The target of a method and a path. */
export interface Routed {
  /** Method, and path with parameters: `GET /restapis/{restApiId}`. */
  readonly route: string;
}

/** The target of a request's method and path, and the parameters in the path. */
export interface Match<Target> {
  readonly target: Target;
  /** Percent-decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Finds the first target that matches a method and path; undefined if there is none. */
export function routerOf<Target extends Routed>(
  targets: readonly Target[],
): (method: string, path: string) => Match<Target> | undefined {
  const routes = targets.map((target) => {
    const [method = '', path = ''] = target.route.split(' ');
    return { method, segments: path.split('/').slice(1), target };
  });
  return (method, path) => {
    const segments = path.replace(/\/$/, '').split('/').slice(1).map(decodeSegment);
    for (const route of routes) {
      if (route.method !== method || route.segments.length !== segments.length) continue;
      const parameters = matchSegments(route.segments, segments);
      if (parameters !== undefined) return { target: route.target, parameters };
    }
    return undefined;
  };
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) {
      if (segment === '') return undefined;
      parameters.set(part.slice(1, -1), segment);
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
