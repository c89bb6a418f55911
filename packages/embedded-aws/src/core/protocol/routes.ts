import type { Operation } from '../../apigateway/operation';

/** A route of the control API that was found, and the parameters in its path. */
export interface FoundOperation {
  readonly operation: Operation;
  readonly parameters: ReadonlyMap<string, string>;
}

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly operation: Operation;
}

/** Finds the operation that a method and path name; `undefined` when there is none. */
export function operationRouter(
  operations: readonly Operation[],
): (method: string, path: string) => FoundOperation | undefined {
  const routes: Route[] = operations.map((operation) => {
    const [method = '', path = ''] = operation.route.split(' ');
    return { method, segments: path.split('/').slice(1), operation };
  });
  return (method, path) => {
    const segments = path.replace(/\/$/, '').split('/').slice(1).map(decodeSegment);
    for (const route of routes) {
      if (route.method !== method || route.segments.length !== segments.length) continue;
      const parameters = matchSegments(route.segments, segments);
      if (parameters !== undefined) return { operation: route.operation, parameters };
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
