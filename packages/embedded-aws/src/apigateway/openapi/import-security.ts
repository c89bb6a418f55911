import { putAuthorizer } from '../entities/authorizers';
import { unsupported } from '../errors';
import { isRecord, Members } from '../members';
import type { Authorizer, RestApi } from '../model';
import { type JsonObject, listAt, type OpenApiDocument, objectAt, textAt } from './document';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';

/** The header name of schemes whose authorizer reads something else. */
const NO_HEADER = 'unused';

/**
 * Creates the authorizers of a document's security schemes, used or not (recorded:
 * test_import_swagger_api, 03-07-2025). One that replaces another of the same name keeps its id.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 * @param known the authorizers of the API before the import
 * @throws AwsError like CreateAuthorizer
 */
export function importAuthorizers(
  place: { readonly api: RestApi; readonly region: string },
  document: OpenApiDocument,
  known: Iterable<Authorizer>,
): void {
  const ids = new Map([...known].map(({ name, id }) => [name, id]));
  for (const name of Object.keys(document.securitySchemes)) {
    const scheme = schemeOf(document, name);
    if (!isRecord(scheme[AUTHORIZER])) continue;
    const input = Members.ofRequest({ ...authorizerOf(scheme), name });
    putAuthorizer(place, input, ids.get(name));
  }
}

const schemeOf = (document: OpenApiDocument, name: string): JsonObject =>
  document.resolve(objectAt(document.securitySchemes, name));

/** Without an identity source it reads the scheme's header (recorded: test_import_with_global_api_key_authorizer, 02-07-2025). */
function authorizerOf(scheme: JsonObject): JsonObject {
  const described = objectAt(scheme, AUTHORIZER);
  const header = textAt(scheme, 'in') === 'header' ? textAt(scheme, 'name') : undefined;
  const identitySource =
    header === undefined || header.toLowerCase() === NO_HEADER
      ? undefined
      : `method.request.header.${header}`;
  return {
    identitySource,
    authType: textAt(scheme, AUTH_TYPE),
    ...described,
    type: textAt(described, 'type')?.toUpperCase(),
  };
}

/** Who may call an operation: what its security requirements, or else the document's, come to. */
export function authorizationOf(
  api: RestApi,
  document: OpenApiDocument,
  operation: JsonObject,
): JsonObject {
  const auth = textAt(objectAt(operation, 'x-amazon-apigateway-auth'), 'type')?.toUpperCase();
  const security = Object.hasOwn(operation, 'security')
    ? listAt(operation, 'security')
    : listAt(document.root, 'security');
  const requirements = security.filter(isRecord).flatMap((schemes) => Object.entries(schemes));
  let authorization: JsonObject = { authorizationType: auth ?? 'NONE' };
  let apiKeyRequired = false;
  for (const [name, scopes] of requirements) {
    const scheme = schemeOf(document, name);
    if (isApiKey(scheme)) apiKeyRequired = true;
    else authorization = authorizationBy(api, scheme, name, scopes);
  }
  return { ...authorization, apiKeyRequired };
}

function authorizationBy(
  api: RestApi,
  scheme: JsonObject,
  name: string,
  scopes: unknown,
): JsonObject {
  if (textAt(scheme, AUTH_TYPE) === 'awsSigv4') return { authorizationType: 'AWS_IAM' };
  const authorizer = isRecord(scheme[AUTHORIZER])
    ? [...api.authorizers.values()].find((known) => known.name === name)
    : undefined;
  if (authorizer === undefined) {
    throw unsupported(`the security scheme '${name}', which has no ${AUTHORIZER}`);
  }
  const { id, type } = authorizer;
  return {
    authorizationType: type === 'COGNITO_USER_POOLS' ? type : 'CUSTOM',
    authorizerId: id,
    authorizationScopes: scopes,
  };
}

function isApiKey(scheme: JsonObject): boolean {
  return (
    textAt(scheme, 'type') === 'apiKey' &&
    textAt(scheme, 'name')?.toLowerCase() === 'x-api-key' &&
    !Object.hasOwn(scheme, AUTHORIZER)
  );
}
