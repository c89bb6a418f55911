import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { ApiGateway } from '../../src/apigateway';
import { inProcess } from '../../src/in-process';

/**
 * The AWS SDK's client, connected to the service in process, so that responses have to be readable
 * for it.
 */
export const sdkClient = (apiGateway: ApiGateway): APIGatewayClient =>
  new APIGatewayClient(inProcess(apiGateway));
