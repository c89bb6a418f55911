import { putAuthorizer } from '../entities/authorizers';
import { isRecord, Members } from '../members';
import type { Authorizer, RestApi } from '../model';
import {
  type JsonObject,
  listAt,
  type OpenApiDocument,
  objectAt,
  textAt,
  withoutBlanks,
} from './document';
import type { ImportFindings } from './import-findings';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';
const SIGNATURES = 'awsSigv4';

/** The header name of schemes whose authorizer reads something else. */
const NO_HEADER = 'unused';

/** The API that authorizers are added to. */
interface SecurityPlace {
  readonly api: RestApi;
  readonly region: string;
  readonly findings: ImportFindings;
}

/**
 * Creates the authorizers of a document's security schemes, used or not (recorded:
 * test_import_swagger_api, 03-07-2025). One that replaces another of the same name keeps its id.
 * Schemes that are no authorizers are warned of in AWS's words (aws-apigateway-importer#187, and a
 * public report of 2019).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 * @param known the authorizers of the API before the import
 */
export function importAuthorizers(
  { api, region, findings }: SecurityPlace,
  document: OpenApiDocument,
  known: Iterable<Authorizer>,
): void {
  const ids = new Map([...known].map(({ name, id }) => [name, id]));
  for (const name of Object.keys(document.securitySchemes)) {
    const scheme = schemeOf(document, name);
    const type = textAt(scheme, 'type');
    if (type !== 'apiKey') {
      findings.warn(`Unsupported security definition type '${type}' for '${name}'. Ignoring.`);
    } else if (lacksAuthorizer(scheme)) {
      findings.warn(
        `Unable to create authorizer from security definition: '${name}'. Extension ${AUTHORIZER} is required. Any methods with security: '${name}' will not be created. If this security definition is not a custom authorizer, remove the ${AUTH_TYPE} extension and it will be ignored.`,
      );
    } else if (isRecord(scheme[AUTHORIZER])) {
      const input = Members.ofRequest({ ...authorizerOf(scheme), name });
      findings.attempt(`create authorizer '${name}'`, () =>
        putAuthorizer({ api, region }, input, ids.get(name)),
      );
    }
  }
}

/** A scheme that says how it authorizes, but not by which authorizer. */
function lacksAuthorizer(scheme: JsonObject): boolean {
  const authType = textAt(scheme, AUTH_TYPE);
  return authType !== undefined && authType !== SIGNATURES && !isRecord(scheme[AUTHORIZER]);
}

const schemeOf = (document: OpenApiDocument, name: string): JsonObject =>
  document.resolve(objectAt(document.securitySchemes, name));

/**
 * Without an identity source, or with an empty one, it reads the scheme's header (recorded:
 * test_import_with_global_api_key_authorizer and test_import_rest_api, 02-07-2025).
 */
function authorizerOf(scheme: JsonObject): JsonObject {
  const described = withoutBlanks(objectAt(scheme, AUTHORIZER));
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

/**
 * Who may call an operation: what its security requirements, or else the document's, come to.
 * Requirements of schemes that are ignored are ignored as well.
 * @returns undefined if a requirement cannot be met, so that there is to be no method
 */
export function authorizationOf(
  api: RestApi,
  document: OpenApiDocument,
  operation: JsonObject,
): JsonObject | undefined {
  const auth = textAt(objectAt(operation, 'x-amazon-apigateway-auth'), 'type')?.toUpperCase();
  const security = Object.hasOwn(operation, 'security')
    ? listAt(operation, 'security')
    : listAt(document.root, 'security');
  const requirements = security.filter(isRecord).flatMap((schemes) => Object.entries(schemes));
  let authorization: JsonObject = { authorizationType: auth ?? 'NONE' };
  let apiKeyRequired = false;
  for (const [name, scopes] of requirements) {
    const scheme = schemeOf(document, name);
    if (textAt(scheme, 'type') !== 'apiKey') continue;
    if (lacksAuthorizer(scheme)) return undefined;
    if (isApiKey(scheme)) apiKeyRequired = true;
    else authorization = authorizationBy(api, scheme, name, scopes) ?? authorization;
  }
  return { ...authorization, apiKeyRequired };
}

function authorizationBy(
  api: RestApi,
  scheme: JsonObject,
  name: string,
  scopes: unknown,
): JsonObject | undefined {
  if (textAt(scheme, AUTH_TYPE) === SIGNATURES) return { authorizationType: 'AWS_IAM' };
  if (!isRecord(scheme[AUTHORIZER])) return undefined;
  const authorizer = [...api.authorizers.values()].find((known) => known.name === name);
  return {
    authorizationType: authorizer?.type === 'COGNITO_USER_POOLS' ? authorizer.type : 'CUSTOM',
    authorizerId: authorizer?.id,
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
