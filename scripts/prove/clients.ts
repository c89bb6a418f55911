import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { isUnreadable } from '../../hooks/process/known-problems';
import type { Place } from './options';

/** Through a bad network and throttled control APIs: CreateResource is 5 a second for an account. */
const MAX_ATTEMPTS = 10;
const ANSWER_WITHIN_MS = 40_000;

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Clients {
  readonly apiGateway: APIGatewayClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
}

/** The SDK's configuration for the account that a run goes to. */
export const configFor = ({ profile, region, endpoint }: Place) => ({
  region,
  maxAttempts: MAX_ATTEMPTS,
  requestHandler: { connectionTimeout: 10_000, requestTimeout: ANSWER_WITHIN_MS },
  ...(profile !== undefined && { profile }),
  ...(endpoint !== undefined && { endpoint }),
});

/** Clients for the account that a run goes to. Credentials are the profile's, or the environment's, unless given. */
export function clientsFor(place: Place, credentials?: Keys): Clients {
  const { endpoint } = place;
  const config = { ...configFor(place), ...(credentials !== undefined && { credentials }) };
  const s3 = new S3Client({ ...config, ...(endpoint !== undefined && { forcePathStyle: true }) });
  // HTTP/1.1 as all others: not every emulator or proxy speaks the HTTP/2 that Kinesis is asked with.
  const { requestHandler } = s3.config;
  const clients: Clients = {
    apiGateway: new APIGatewayClient(config),
    cloudFormation: new CloudFormationClient(config),
    cloudWatch: new CloudWatchClient(config),
    events: new EventBridgeClient(config),
    iam: new IAMClient(config),
    kinesis: new KinesisClient({ ...config, requestHandler }),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    s3,
    sts: new STSClient(config),
  };
  for (const client of Object.values(clients)) repeatUnreadable(client);
  return clients;
}

/** Lets the SDK repeat what something in between has answered, which it takes for the service's answer. */
function repeatUnreadable(client: Clients[keyof Clients]): void {
  const { middlewareStack } = client as APIGatewayClient;
  const marking =
    <Args, Answer>(next: (args: Args) => Promise<Answer>) =>
    async (args: Args): Promise<Answer> => {
      try {
        return await next(args);
      } catch (error) {
        if (isUnreadable(error)) Object.assign(error as Error, { $retryable: {} });
        throw error;
      }
    };
  middlewareStack.addRelativeTo(marking, {
    relation: 'before',
    toMiddleware: 'deserializerMiddleware',
    name: 'repeatUnreadable',
  });
}

/** Names of errors that say the identity may not do something. */
const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden)/;

export const isDenied = (error: unknown): boolean =>
  error instanceof Error &&
  (DENIED.test(error.name) || /not authorized to perform/.test(error.message));
