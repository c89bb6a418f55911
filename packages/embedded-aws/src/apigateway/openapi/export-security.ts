import { parseIdentitySources } from '../identity-source';
import type { ApiDefinition, Authorizer, Method } from '../model';
import type { JsonObject } from './document';

/**
 * The security schemes of a document: signatures and API keys if methods ask for them, and all
 * authorizers.
 * @param describe whether to tell what authorizers do, by API Gateway's extension
 */
export function securitySchemesOf(
  { resources, authorizers }: ApiDefinition,
  describe: boolean,
): JsonObject | undefined {
  const methods = [...resources.values()].flatMap((resource) => [...resource.methods.values()]);
  const schemes = {
    ...(methods.some(({ authorizationType }) => authorizationType === 'AWS_IAM')
      ? {
          sigv4: {
            type: 'apiKey',
            name: 'Authorization',
            in: 'header',
            'x-amazon-apigateway-authtype': 'awsSigv4',
          },
        }
      : {}),
    ...(methods.some(({ apiKeyRequired }) => apiKeyRequired)
      ? { api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } }
      : {}),
    ...Object.fromEntries(
      [...authorizers.values()].map((authorizer) => [
        authorizer.name,
        schemeOf(authorizer, describe),
      ]),
    ),
  };
  return Object.keys(schemes).length === 0 ? undefined : schemes;
}

/** A scheme has one header: the sources of an authorizer that reads other things are in its own part. */
function schemeOf(authorizer: Authorizer, describe: boolean): JsonObject {
  const { id: _id, name: _name, authType, identitySource, type, ...rest } = authorizer;
  const [source, ...others] = parseIdentitySources(identitySource);
  const header = others.length === 0 && source?.place === 'header' ? source.name : undefined;
  return {
    type: 'apiKey',
    name: header ?? 'Unused',
    in: 'header',
    'x-amazon-apigateway-authtype': authType,
    ...(describe
      ? {
          'x-amazon-apigateway-authorizer': {
            ...rest,
            ...(header === undefined ? { identitySource } : {}),
            type: type.toLowerCase(),
          },
        }
      : {}),
  };
}

/** The security requirements of a method's operation. */
export function securityOf(method: Method, { authorizers }: ApiDefinition): JsonObject {
  const { authorizationType, authorizerId, authorizationScopes, apiKeyRequired } = method;
  const authorizer = authorizers.get(authorizerId ?? '');
  const security = [
    ...(authorizationType === 'AWS_IAM' ? [{ sigv4: [] }] : []),
    ...(authorizer === undefined ? [] : [{ [authorizer.name]: authorizationScopes ?? [] }]),
    ...(apiKeyRequired ? [{ api_key: [] }] : []),
  ];
  return security.length === 0 ? {} : { security };
}
