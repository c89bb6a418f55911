import type { Authorizer } from '../../apigateway/model';
import { remember } from '../../core/remember';
import { contextText } from '../context-lookup';
import type { AuthorizerCall } from './call';

/** Values that a request identifies itself by: for the authorizer's cache, and to be there at all. */
export interface IdentityValue {
  /** `method.request.header.Authorization` */
  readonly source: string;
  /** Undefined if the request does not have it; several values in order, separated by commas. */
  readonly value: string | undefined;
}

/** The header that an authorizer reads unless it names another. */
const DEFAULT_SOURCE = 'method.request.header.Authorization';

/** The sources of an authorizer. Only REQUEST may have several or none. */
export function identitySources({ type, identitySource }: Authorizer): readonly string[] {
  const sources = listed(identitySource ?? '');
  return sources.length === 0 && type !== 'REQUEST' ? [DEFAULT_SOURCE] : sources;
}

const listed = remember(1_000, (text: string): readonly string[] =>
  text
    .split(',')
    .map((source) => source.trim())
    .filter((source) => source !== ''),
);

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
export function identityValues(call: AuthorizerCall): IdentityValue[] {
  return identitySources(call.authorizer).map((source) => ({ source, value: read(source, call) }));
}

function read(source: string, call: AuthorizerCall): string | undefined {
  const [root = '', ...rest] = source.split('.');
  if (root === 'context') return contextText(call.context, rest.join('.'));
  if (root === 'stageVariables') return own(call.stageVariables, rest.join('.'));
  const [, location = '', ...name] = rest;
  const reader = Object.hasOwn(READERS, location) ? READERS[location] : undefined;
  return reader?.(call, name.join('.'));
}

const READERS: Readonly<
  Record<string, (call: AuthorizerCall, name: string) => string | undefined>
> = {
  header: ({ request }, name) => request.headers.get(name),
  multivalueheader: ({ request }, name) => request.headers.get(name),
  querystring: ({ request }, name) => request.query.get(name)?.at(-1),
  multivaluequerystring: ({ request }, name) => request.query.get(name)?.join(','),
};

function own(map: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
