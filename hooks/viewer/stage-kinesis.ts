import { KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis';
import { HookError, type Serverless } from '../framework';
import { declaredStreamsOf } from '../stage/deployed-stage';
import type { StageStreams } from './reader/streams';

/** Kinesis as the stage sees it. */
export interface StageKinesis {
  readonly kinesis: KinesisClient;
  readonly streams: StageStreams;
}

/** The caller destroys the client. @throws HookError when the stage has no parameter `streams` */
export async function stageKinesis(
  serverless: Serverless,
  config: Pick<KinesisClientConfig, 'maxAttempts'> = {},
): Promise<StageKinesis> {
  const pattern = serverless.service.custom?.kinesisRestProxy?.parameters?.streams;
  if (pattern === undefined) {
    throw new HookError('PARAMETER_MISSING', 'The parameter streams has no value.');
  }
  const ofStage = await serverless.getProvider('aws').getAwsSdkV3Config();
  const kinesis = new KinesisClient({ ...ofStage, ...config });
  const streams = { pattern: String(pattern), declared: declaredStreamsOf(serverless) };
  return { kinesis, streams };
}
