import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { ApiGateway } from '../../src/apigateway';
import { inProcess } from '../../src/in-process';

/** AWS's own client, speaking to the service in this process: what it cannot read, users cannot. */
export const sdkClient = (apiGateway: ApiGateway): APIGatewayClient =>
  new APIGatewayClient(inProcess(apiGateway));
