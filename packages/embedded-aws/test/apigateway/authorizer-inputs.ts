import type { APIGatewayClient, CreateAuthorizerCommandInput } from '@aws-sdk/client-api-gateway';
import { CreateAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import type { AuthorizerType } from '../../src/apigateway/model';

export const uriOf = (functionArn: string, start = 'arn:aws:apigateway:us-east-1') =>
  `${start}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:door';
export const POOL = 'arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Abc123';
const HEADER = 'method.request.header.Authorization';

type NewAuthorizer = Omit<CreateAuthorizerCommandInput, 'restApiId'>;

/** The least that an authorizer of each type needs. */
export const LEAST: Readonly<Record<AuthorizerType, NewAuthorizer>> = {
  TOKEN: { name: 'token', type: 'TOKEN', authorizerUri: uriOf(FUNCTION), identitySource: HEADER },
  REQUEST: {
    name: 'request',
    type: 'REQUEST',
    authorizerUri: uriOf(FUNCTION),
    identitySource: 'method.request.header.Auth, method.request.querystring.key',
  },
  COGNITO_USER_POOLS: {
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    providerARNs: [POOL],
    identitySource: HEADER,
  },
};

/** Creates an authorizer. @returns its id */
export async function authorizerIn(
  { sdk, restApiId }: { sdk: APIGatewayClient; restApiId: string },
  input: NewAuthorizer = LEAST.TOKEN,
): Promise<string> {
  const { id } = await sdk.send(new CreateAuthorizerCommand({ restApiId, ...input }));
  return id ?? '';
}
