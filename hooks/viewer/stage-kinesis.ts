import { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError, type Serverless } from '../framework';

/** Kinesis as the stage sees it. */
export interface StageKinesis {
  readonly kinesis: KinesisClient;
  /** Which streams are the stage's: its parameter `streams`. */
  readonly pattern: string;
}

/** The caller destroys the client. @throws HookError when the stage has no parameter `streams` */
export async function stageKinesis(serverless: Serverless): Promise<StageKinesis> {
  const pattern = serverless.service.custom?.kinesisRestProxy?.parameters?.streams;
  if (pattern === undefined) {
    throw new HookError('PARAMETER_MISSING', 'The parameter streams has no value.');
  }
  const kinesis = new KinesisClient(await serverless.getProvider('aws').getAwsSdkV3Config());
  return { kinesis, pattern: String(pattern) };
}
