import { type BodyPath, compileBodyPath } from '../apigateway/body-path';
import type { TextMap } from '../apigateway/model';
import { parseJson } from '../core/parse-json';
import { configurationError, GatewayError } from './gateway-error';
import type { HeaderBag } from './header-bag';
import type { Invocation } from './invocation';

/** Where an integration's parameter goes. */
export const PARAMETER_LOCATIONS = ['header', 'querystring', 'path'] as const;
export type ParameterLocation = (typeof PARAMETER_LOCATIONS)[number];

/** A parameter with all its values; headers and path parameters have one. */
export interface MappedParameter {
  readonly location: ParameterLocation;
  readonly name: string;
  readonly values: readonly string[];
}

type Source<From> = (from: From) => readonly string[] | undefined;

interface Mapping<From> {
  readonly location: ParameterLocation;
  readonly name: string;
  readonly source: Source<From>;
}

/** The sources of a response mapping. */
export interface IntegrationAnswer {
  readonly invocation: Invocation;
  readonly headers: HeaderBag;
  text(): string;
}

const requestMappings = new WeakMap<TextMap, readonly Mapping<Invocation>[]>();
const responseMappings = new WeakMap<TextMap, readonly Mapping<IntegrationAnswer>[]>();

/**
 * The parameters that an integration's `requestParameters` give. Parameters without a value are left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 * @throws GatewayError 400 `Invalid JSON in request body` when a mapping reads a body that is none
 */
export function mapRequestParameters(invocation: Invocation): MappedParameter[] {
  const mappings = invocation.integration.requestParameters;
  return mappings === undefined
    ? []
    : apply(compiled(mappings, requestMappings, requestSource), invocation);
}

/** The headers that an integration response's `responseParameters` give. */
export function mapResponseHeaders(
  mappings: TextMap | undefined,
  answer: IntegrationAnswer,
): [string, string][] {
  if (mappings === undefined) return [];
  return apply(compiled(mappings, responseMappings, responseSource), answer).map(
    ({ name, values }) => [name, values.join(',')],
  );
}

function apply<From>(mappings: readonly Mapping<From>[], from: From): MappedParameter[] {
  const mapped: MappedParameter[] = [];
  for (const { location, name, source } of mappings) {
    const values = source(from);
    if (values?.some((value) => value !== '')) {
      mapped.push({ location, name, values });
    }
  }
  return mapped;
}

function compiled<From>(
  mappings: TextMap,
  cache: WeakMap<TextMap, readonly Mapping<From>[]>,
  compile: (expression: string) => Source<From>,
): readonly Mapping<From>[] {
  const known = cache.get(mappings);
  if (known !== undefined) return known;
  const list = Object.entries(mappings).map(([target, expression]): Mapping<From> => {
    // `integration.request.header.Name`: a name may have dots of its own.
    const [, , location, ...name] = target.split('.');
    return {
      location: location as ParameterLocation,
      name: name.join('.'),
      source: compile(expression),
    };
  });
  cache.set(mappings, list);
  return list;
}

function requestSource(expression: string): Source<Invocation> {
  const common = commonSource(expression);
  if (common !== undefined) return common;
  const rest = expression.slice('method.request.'.length);
  if (rest === 'body') return ({ request }) => [request.body.text];
  if (/^body[.[]/.test(rest)) return requestBodySource(compileBodyPath(rest.slice('body'.length)));
  const [location = '', ...parts] = rest.split('.');
  const name = parts.join('.');
  const read = Object.hasOwn(REQUEST_READERS, location) ? REQUEST_READERS[location] : undefined;
  return (invocation) => read?.(invocation, name);
}

const REQUEST_READERS: Readonly<
  Record<string, (invocation: Invocation, name: string) => readonly string[] | undefined>
> = {
  path: ({ request }, name) =>
    Object.hasOwn(request.pathParameters, name) ? one(request.pathParameters[name]) : undefined,
  querystring: ({ request }, name) => one(request.query.get(name)?.at(-1)),
  multivaluequerystring: ({ request }, name) => request.query.get(name),
  header: ({ request }, name) => one(request.headers.get(name)),
  multivalueheader: ({ request }, name) => one(request.headers.get(name)),
};

function requestBodySource(path: BodyPath): Source<Invocation> {
  return ({ request }) => {
    try {
      return one(asText(path(parseLooseJson(request.body.text))));
    } catch (cause) {
      throw new GatewayError('DEFAULT_4XX', 'Invalid JSON in request body', { status: 400, cause });
    }
  };
}

function responseSource(expression: string): Source<IntegrationAnswer> {
  const common = commonSource(expression);
  if (common !== undefined) return ({ invocation }) => common(invocation);
  const rest = expression.slice('integration.response.'.length);
  if (rest === 'body') return (answer) => [answer.text()];
  if (/^body[.[]/.test(rest)) {
    const path = compileBodyPath(rest.slice('body'.length));
    return (answer) => {
      try {
        return one(asText(path(parseLooseJson(answer.text()))));
      } catch (cause) {
        throw configurationError('Invalid JSON in integration response body', cause);
      }
    };
  }
  const [, ...name] = rest.split('.');
  return ({ headers }) => one(headers.get(name.join('.')));
}

/**
 * Sources for requests and responses alike: constants, the context, and stage variables. Of a token's
 * claims each can be had, and not all at once (documented).
 */
function commonSource(expression: string): Source<Invocation> | undefined {
  if (expression.startsWith("'")) {
    const constant = [expression.replace(/^'|'$/g, '')];
    return () => constant;
  }
  if (expression === 'context.authorizer.claims') return () => undefined;
  if (expression.startsWith('context.')) {
    const path = compileBodyPath(expression.slice('context'.length));
    return ({ context }) => one(asText(path(context)));
  }
  if (expression.startsWith('stageVariables.')) {
    const name = expression.slice('stageVariables.'.length);
    return ({ stageVariables }) =>
      Object.hasOwn(stageVariables, name) ? one(stageVariables[name]) : undefined;
  }
  return undefined;
}

/** A body is taken for JSON when it starts like JSON; any other has nothing to find. */
function parseLooseJson(text: string): unknown {
  const body = text.trim();
  return /^[{["]/.test(body) ? parseJson(body) : {};
}

function one(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
