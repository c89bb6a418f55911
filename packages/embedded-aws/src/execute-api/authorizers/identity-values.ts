import { type IdentitySource, parseIdentitySources } from '../../apigateway/identity-source';
import type { Authorizer, TextMap } from '../../apigateway/model';
import { remember } from '../../core/remember';
import { contextText } from '../context-lookup';
import type { AuthorizerCall } from './call';

/** A value that a request identifies itself by: it has to be there, and answers are kept under it. */
export interface IdentityValue {
  readonly source: IdentitySource;
  /** Undefined if the request does not have it. Several values are in order, between commas. */
  readonly value: string | undefined;
}

/** The source of authorizers that need one and name none. */
const DEFAULT_SOURCES = parseIdentitySources('method.request.header.Authorization');

const sourcesIn = remember(1_000, parseIdentitySources);

/**
 * The values of an authorizer's identity sources. REQUEST may have several sources or none.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
export function identityValues(call: AuthorizerCall): IdentityValue[] {
  return sourcesOf(call.authorizer).map((source) => ({
    source,
    value: READERS[source.place](call, source.name),
  }));
}

function sourcesOf({ type, identitySource }: Authorizer): readonly IdentitySource[] {
  const sources = sourcesIn(identitySource ?? '');
  return sources.length === 0 && type !== 'REQUEST' ? DEFAULT_SOURCES : sources;
}

const READERS: Readonly<
  Record<IdentitySource['place'], (call: AuthorizerCall, name: string) => string | undefined>
> = {
  header: ({ request }, name) => request.headers.get(name),
  multivalueheader: ({ request }, name) => request.headers.get(name),
  querystring: ({ request }, name) => request.query.get(name)?.at(-1),
  multivaluequerystring: ({ request }, name) => request.query.get(name)?.join(','),
  stageVariables: ({ stageVariables }, name) => own(stageVariables, name),
  context: ({ context }, name) => contextText(context, name),
};

function own(map: TextMap, name: string): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
