import { type Caller, DEFAULT_ACCOUNT_ID, rootCaller } from '../core/caller';
import type { HttpRequest } from '../core/http';
import { remember } from '../core/remember';
import { versionTwoScope } from './signature-v2';

/** A request's credential scope, before any signature is checked. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const IN_HEADER = /Credential=([^,\s]+)/;
const SCOPE = /^([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request$/;

/**
 * Reads the credential scope of a signed or presigned request; undefined when unsigned.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function credentialScope(request: HttpRequest): CredentialScope | undefined {
  const header = IN_HEADER.exec(request.headers.authorization ?? '')?.[1];
  const credential = header ?? new URLSearchParams(request.query).get('X-Amz-Credential');
  return scopeIn(credential ?? '') ?? versionTwoScope(request);
}

/** The scope in a credential, if it has one. Cached: a client's next request has the same. */
const scopeIn = remember(100, (credential: string): CredentialScope | undefined => {
  const match = SCOPE.exec(credential);
  if (match === null) return undefined;
  const [, accessKeyId = '', region = '', service = ''] = match;
  return { accessKeyId, region, service };
});

/** True if a request can have credentials only in its query, as presigned requests do. */
export function isInQuery({ query, headers }: HttpRequest): boolean {
  return query !== '' && !IN_HEADER.test(headers.authorization ?? '');
}

/**
 * The owner of the account that the access key names: twelve digits name an account, all other keys
 * share one.
 */
export const ownerOf = remember(100, ({ accessKeyId, region }: CredentialScope): Caller => {
  const accountId = /^\d{12}$/.test(accessKeyId) ? accessKeyId : DEFAULT_ACCOUNT_ID;
  return rootCaller({ accountId, region }, accessKeyId);
});
