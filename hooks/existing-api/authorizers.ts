import {
  type APIGatewayClient,
  type Authorizer,
  GetAuthorizersCommand,
} from '@aws-sdk/client-api-gateway';
import { type CompiledTemplate, HookError } from '../framework';
import { ownResources } from '../stage/own';

/** The authorizers that an API has. */
export async function authorizersOf(
  client: APIGatewayClient,
  restApiId: string,
): Promise<Authorizer[]> {
  const { items = [] } = await client.send(new GetAuthorizersCommand({ restApiId, limit: 500 }));
  return items;
}

/** Names of authorizers that the stack is to make and somebody else has made: an API has each once. */
export function authorizerConflicts(
  template: CompiledTemplate,
  physicalIds: Readonly<Record<string, string>>,
  live: readonly Authorizer[],
): string[] {
  const names = new Set(live.map(({ name }) => name));
  return ownResources(template)
    .filter(
      ([id, { Type }]) => Type === 'AWS::ApiGateway::Authorizer' && physicalIds[id] === undefined,
    )
    .map(([, { Properties }]) => String((Properties as { readonly Name?: string }).Name))
    .filter((name) => names.has(name))
    .map((name) => `authorizer ${name} already exists`);
}

/** The types of authorizers that a method may name, by its own. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  COGNITO_USER_POOLS: ['COGNITO_USER_POOLS'],
  CUSTOM: ['TOKEN', 'REQUEST'],
};

/**
 * Checks that the authorizer of the API's owner, which the stage's parameter names, is there and of the
 * kind that its methods ask.
 * @throws HookError that says which there are
 */
export function checkGivenAuthorizer(
  template: CompiledTemplate,
  restApiId: string,
  live: readonly Authorizer[],
): void {
  for (const [, { Type, Properties }] of ownResources(template)) {
    if (Type !== 'AWS::ApiGateway::Method') continue;
    const { AuthorizerId: given, AuthorizationType: wanted = '' } = Properties as {
      readonly AuthorizerId?: unknown;
      readonly AuthorizationType?: string;
    };
    if (typeof given !== 'string') continue;
    const found = live.find(({ id }) => id === given);
    if (found !== undefined && TYPES[wanted]?.includes(found.type ?? '')) continue;
    const others = live.map(({ id, name, type }) => `  ${id} ${name} (${type})`);
    const there = others.length === 0 ? 'It has none.' : `It has:\n${others.join('\n')}`;
    throw new HookError(
      'AUTHORIZER_MISSING',
      `The REST API ${restApiId} has no authorizer '${given}' (authorizerId) of type ${TYPES[wanted]?.join(' or ')}, which ${wanted === 'CUSTOM' ? 'LAMBDA' : 'COGNITO'} asks. ${there}`,
    );
  }
}
