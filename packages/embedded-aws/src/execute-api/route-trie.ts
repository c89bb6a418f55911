import { isOneOf } from '../apigateway/is-one-of';
import { type ApiDefinition, HTTP_METHODS, type Method, type Resource } from '../apigateway/model';

/** Where a request leads. */
export interface RouteMatch {
  readonly resource: Resource;
  /** Undefined when the resource has no such method, and no ANY. */
  readonly method: Method | undefined;
  /** Percent-encoded, as API Gateway hands them on. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the resource and method of a request. */
export type Router = (httpMethod: string, path: string) => RouteMatch | undefined;

interface Node {
  readonly statics: Map<string, Node>;
  variable: { readonly name: string; readonly node: Node } | undefined;
  greedy: { readonly name: string; readonly resource: Resource } | undefined;
  resource: Resource | undefined;
}

const routers = new WeakMap<ApiDefinition, Router>();

/** The router of a deployment, built at its first request and kept as long as the deployment is. */
export function routerOf(definition: ApiDefinition): Router {
  const known = routers.get(definition);
  if (known !== undefined) return known;
  const router = buildRouter(definition);
  routers.set(definition, router);
  return router;
}

/** Builds a router anew, for an API that is not deployed and may change. */
export function buildRouter({ resources }: Pick<ApiDefinition, 'resources'>): Router {
  const root = newNode();
  for (const resource of resources.values()) {
    // A resource without methods serves nothing, so it must not hide one that does.
    if (resource.methods.size > 0) plant(root, resource);
  }
  return (httpMethod, path) => {
    const segments = path.split('/').filter((segment) => segment !== '');
    const way: Way = { path, segments };
    const found =
      walk(root, way, 0, (resource) => methodFor(resource, httpMethod) !== undefined) ??
      walk(root, way, 0, () => true);
    if (found === undefined) return undefined;
    return {
      resource: found.resource,
      method: methodFor(found.resource, httpMethod),
      pathParameters: Object.fromEntries(found.captured),
    };
  };
}

function methodFor({ methods }: Resource, httpMethod: string): Method | undefined {
  // ANY is a name in templates and no method of HTTP's; it stands for the methods that an API may have, and
  // not for TRACE or CONNECT (documented).
  if (httpMethod === 'ANY' || !isOneOf(HTTP_METHODS, httpMethod)) return undefined;
  return methods.get(httpMethod) ?? methods.get('ANY');
}

function newNode(): Node {
  return { statics: new Map(), variable: undefined, greedy: undefined, resource: undefined };
}

function plant(root: Node, resource: Resource): void {
  let node = root;
  for (const part of resource.path.split('/').filter((segment) => segment !== '')) {
    if (part.endsWith('+}')) {
      node.greedy = { name: part.slice(1, -2), resource };
      return;
    }
    node = part.startsWith('{') ? variableChild(node, part.slice(1, -1)) : staticChild(node, part);
  }
  node.resource = resource;
}

function staticChild(node: Node, part: string): Node {
  const child = node.statics.get(part) ?? newNode();
  node.statics.set(part, child);
  return child;
}

function variableChild(node: Node, name: string): Node {
  node.variable ??= { name, node: newNode() };
  return node.variable.node;
}

interface Way {
  readonly path: string;
  /** The parts of the path between slashes, without empty ones. */
  readonly segments: readonly string[];
}

interface Found {
  readonly resource: Resource;
  readonly captured: (readonly [string, string])[];
}

/**
 * Static before variable before greedy, going back when a branch leads to no resource that serves the
 * request. API Gateway decides on resource and method together: a method that `/jobs/{id}` lacks is
 * for `/{proxy+}`, if that has it (measured on AWS by others: ministackorg/ministack#1423 with an ANY,
 * floci-io/floci#3399 with siblings).
 */
function walk(
  node: Node,
  way: Way,
  index: number,
  serves: (resource: Resource) => boolean,
): Found | undefined {
  const segment = way.segments[index];
  if (segment === undefined) {
    const { resource } = node;
    return resource !== undefined && serves(resource) ? { resource, captured: [] } : undefined;
  }
  const child = node.statics.get(segment) ?? node.statics.get(decoded(segment));
  const found = child && walk(child, way, index + 1, serves);
  if (found !== undefined) return found;
  const { variable, greedy } = node;
  const captured = variable && walk(variable.node, way, index + 1, serves);
  if (variable !== undefined && captured !== undefined) {
    captured.captured.push([variable.name, segment]);
    return captured;
  }
  if (greedy === undefined || !serves(greedy.resource)) return undefined;
  return { resource: greedy.resource, captured: [[greedy.name, restOf(way, index)]] };
}

/**
 * The value of a greedy parameter: the end of the path, with the doubled slashes in it and without one
 * behind it (recorded: LocalStack's test_lambda_aws_proxy_integration, 2024-08-02).
 */
function restOf({ path, segments }: Way, index: number): string {
  if (!path.includes('//')) return segments.slice(index).join('/');
  let rest = path;
  for (let skipped = 0; skipped < index; skipped += 1) rest = rest.replace(/^\/*[^/]+/, '');
  return rest.replace(/^\/+|\/+$/g, '');
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
