import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { runCanary } from './run';

/** The Lambda function's handler. */
export async function handler(): ReturnType<typeof runCanary> {
  const clients = {
    kinesis: new KinesisClient(),
    apiGateway: new APIGatewayClient(),
    iam: new IAMClient(),
    cloudFormation: new CloudFormationClient(),
  };
  try {
    // Not by console.log, which puts a time and an id before what CloudWatch must read as JSON.
    return await runCanary(process.env, clients, (line) => process.stdout.write(`${line}\n`));
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
