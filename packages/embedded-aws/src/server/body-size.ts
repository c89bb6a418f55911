import { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';

const MIB = 1024 * 1024;

/**
 * The largest body by service: that of its largest request, such as a PutRecords of 10 MiB in base64 or
 * an import of an API. S3 and Lambda accept as much as the server does.
 */
const MOST_BYTES: Readonly<Record<string, number>> = {
  apigateway: 8 * MIB,
  kinesis: 16 * MIB,
  lambda: Number.POSITIVE_INFINITY,
  s3: Number.POSITIVE_INFINITY,
};

/** For all others: CloudWatch Logs accepts 1 MiB at a time, the rest less. */
const MOST_BYTES_ELSEWHERE = 2 * MIB;

/** @throws AwsError RequestEntityTooLarge, 413 */
export function assertBodySize(signingName: string, request: HttpRequest): void {
  const most = MOST_BYTES[signingName] ?? MOST_BYTES_ELSEWHERE;
  const { length } = request.text ?? request.body;
  if (length <= most) return;
  throw new AwsError(
    'RequestEntityTooLarge',
    `The request has ${length} bytes, and ${signingName} takes ${most} at most.`,
    { status: 413 },
  );
}
