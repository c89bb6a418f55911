import type { ResourceHandler } from '../../core/resource-handler';
import type { Kinesis } from '..';
import { streamHandler } from './stream';
import { streamConsumerHandler } from './stream-consumer';

/** Kinesis's CloudFormation resource types. */
export function kinesisResourceHandlers(kinesis: Kinesis): ResourceHandler[] {
  return [streamHandler(kinesis), streamConsumerHandler(kinesis)];
}
