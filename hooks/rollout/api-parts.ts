import {
  type APIGatewayClient,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  DeleteMethodCommand,
  DeleteModelCommand,
  GetAuthorizersCommand,
  GetGatewayResponsesCommand,
  paginateGetModels,
  paginateGetResources,
} from '@aws-sdk/client-api-gateway';
import type { CompiledTemplate } from '../framework';
import { accessText } from '../stage/deployed-copy';
import { ownResources } from '../stage/own';
import { gatewayResponseText, methodText, modelText } from '../stage/served';
import { declaredResources } from '../template/declared-paths';

/** Something that the API has now, whether a stage serves it or not. */
export interface LivePart {
  /** As in `Served`: `GET /streams (AWS_IAM)`. */
  readonly text: string;
  /** Its key in stack events, see `keyOf`. */
  readonly key: string;
  remove(): Promise<unknown>;
}

const AUTHORIZER = 'AWS::ApiGateway::Authorizer';

/** An API has one of each name. */
const authorizerText = (name: string) => `authorizer ${name}`;

/** How a resource of the stack is known in API Gateway, from its properties with all references resolved. */
export function keyOf(type: string, properties: Readonly<Record<string, unknown>>): string {
  const { ResourceId, HttpMethod, Name, ResponseType } = properties;
  if (type === 'AWS::ApiGateway::Method') return `method ${ResourceId} ${HttpMethod}`;
  if (type === 'AWS::ApiGateway::Model') return `model ${Name}`;
  if (type === AUTHORIZER) return authorizerText(String(Name));
  return `${type} ${ResponseType}`;
}

/** Methods, models, authorizers and gateway responses that the API has now. */
export async function liveParts(client: APIGatewayClient, restApiId: string): Promise<LivePart[]> {
  const parts: LivePart[] = [];
  const paging = { client, pageSize: 500 };
  for await (const { items = [] } of paginateGetResources(paging, {
    restApiId,
    embed: ['methods'],
  })) {
    for (const { id: resourceId = '', path, resourceMethods = {} } of items) {
      for (const [httpMethod, method] of Object.entries(resourceMethods)) {
        parts.push({
          text: methodText(`${httpMethod} ${path}`, accessText(method)),
          key: keyOf('AWS::ApiGateway::Method', { ResourceId: resourceId, HttpMethod: httpMethod }),
          remove: () => client.send(new DeleteMethodCommand({ restApiId, resourceId, httpMethod })),
        });
      }
    }
  }
  for await (const { items = [] } of paginateGetModels(paging, { restApiId })) {
    for (const { name: modelName = '' } of items) {
      parts.push({
        text: modelText(modelName),
        key: keyOf('AWS::ApiGateway::Model', { Name: modelName }),
        remove: () => client.send(new DeleteModelCommand({ restApiId, modelName })),
      });
    }
  }
  const authorizers = await client.send(new GetAuthorizersCommand({ restApiId, limit: 500 }));
  for (const { id: authorizerId, name = '' } of authorizers.items ?? []) {
    parts.push({
      text: authorizerText(name),
      key: keyOf(AUTHORIZER, { Name: name }),
      remove: () => client.send(new DeleteAuthorizerCommand({ restApiId, authorizerId })),
    });
  }
  const all = new GetGatewayResponsesCommand({ restApiId, limit: 500 });
  for (const { responseType, defaultResponse } of (await client.send(all)).items ?? []) {
    if (responseType === undefined || defaultResponse) continue;
    parts.push({
      text: gatewayResponseText(responseType),
      key: keyOf('AWS::ApiGateway::GatewayResponse', { ResponseType: responseType }),
      remove: () => client.send(new DeleteGatewayResponseCommand({ restApiId, responseType })),
    });
  }
  return parts;
}

/**
 * The parts that a template declares, in the same words. Its conditions are settled.
 * @param rootPath of the resource that its paths hang under: '' or `/kinesis`
 */
export function declaredParts(template: CompiledTemplate, rootPath: string): ReadonlySet<string> {
  const paths = declaredResources(template, rootPath);
  return new Set(
    ownResources(template).flatMap(([, { Type, Properties = {} }]) => {
      const properties = Properties as Readonly<Record<string, unknown>>;
      switch (Type) {
        case 'AWS::ApiGateway::Method': {
          const { Ref: id } = (properties.ResourceId ?? {}) as { readonly Ref?: string };
          const path = paths.get(id ?? '') ?? '/';
          return methodText(`${properties.HttpMethod} ${path}`, accessOf(properties));
        }
        case 'AWS::ApiGateway::Model':
          return modelText(String(properties.Name));
        case AUTHORIZER:
          return authorizerText(String(properties.Name));
        case 'AWS::ApiGateway::GatewayResponse':
          return gatewayResponseText(String(properties.ResponseType));
        default:
          return [];
      }
    }),
  );
}

const accessOf = ({
  AuthorizationType: type,
  ApiKeyRequired: key,
}: Readonly<Record<string, unknown>>) =>
  accessText({
    authorizationType: type === undefined ? undefined : String(type),
    apiKeyRequired: String(key) === 'true',
  });
