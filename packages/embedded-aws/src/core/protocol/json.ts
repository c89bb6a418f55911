import { AwsError } from '../errors';
import type { AwsRequest, HttpResponse } from '../http';
import { parseJson } from '../parse-json';

/** The action that an AWS JSON request names: `Kinesis_20131202.PutRecord` gives `PutRecord`. */
export function targetAction(request: AwsRequest): string | undefined {
  return request.headers['x-amz-target']?.split('.').at(-1);
}

/** The members of a JSON request. */
export type JsonMembers = Readonly<Record<string, unknown>>;

/** The input of a JSON request; no body is none. @throws AwsError SerializationException when it is no object */
export function jsonInput(body: Buffer): JsonMembers {
  try {
    const input: unknown = parseJson(body.toString('utf8') || '{}');
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
      return input as JsonMembers;
    }
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.', { cause });
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
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
