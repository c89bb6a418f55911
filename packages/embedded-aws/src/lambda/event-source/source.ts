import { unsupported } from '../../core/errors';
import { invalidParameter } from '../errors';

/** The stream that a mapping reads, and how. */
export interface Source {
  readonly streamArn: string;
  readonly accountId: string;
  readonly region: string;
  /** With enhanced fan-out. */
  readonly consumerArn: string | undefined;
}

const STREAM = /^(arn:[^:]+:kinesis:([^:]+):(\d{12}):stream\/[^/:]+)(\/consumer\/[^/:]+:\d+)?$/;

/**
 * The stream behind the ARN of a stream or of one of its consumers.
 * @throws AwsError InvalidParameterValueException; NotImplemented naming another service
 */
export function sourceOf(arn: string): Source {
  const [, streamArn, region, accountId, consumer] = STREAM.exec(arn) ?? [];
  if (streamArn !== undefined && region !== undefined && accountId !== undefined) {
    const consumerArn = consumer === undefined ? undefined : arn;
    return { streamArn, region, accountId, consumerArn };
  }
  const service = arn.split(':')[2];
  if (service !== undefined && service !== 'kinesis') {
    throw unsupported(`event source mappings of ${service}: they read streams of Kinesis only`);
  }
  throw invalidParameter('Unrecognized event source.');
}
