import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Serverless } from '../framework';

/** The clients that a verification works with. */
export interface Clients {
  readonly kinesis: KinesisClient;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
}

/** Lets something work with clients for the command's account and region, and closes them after it. */
export async function withClients<T>(
  serverless: Serverless,
  act: (clients: Clients) => Promise<T>,
): Promise<T> {
  const config = await serverless.getProvider('aws').getAwsSdkV3Config();
  const clients = {
    kinesis: new KinesisClient(config),
    apiGateway: new APIGatewayClient(config),
    iam: new IAMClient(config),
  };
  try {
    return await act(clients);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
