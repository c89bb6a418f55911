import type { AwsError } from './errors';
import type { AwsRequest, HttpResponse } from './http';

/** The action that an AWS JSON request names: `Kinesis_20131202.PutRecord` gives `PutRecord`. */
export function targetAction(request: AwsRequest): string | undefined {
  return request.headers['x-amz-target']?.split('.').at(-1);
}

/** A success in the AWS JSON 1.1 protocol; no output is an empty body. */
export function jsonAnswer(requestId: string, output: unknown): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: output === undefined ? '' : JSON.stringify(output),
  };
}

/** An error in the AWS JSON 1.1 protocol: `{"__type": code, "message": text}`. */
export function jsonError(requestId: string, error: AwsError): HttpResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.details }),
  };
}
