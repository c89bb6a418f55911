import { DEPLOYMENT_HEADER } from '../deployment-header';
import { object, text } from '../endpoints/shared/answers';
import type { Schema } from './schema';

// Parts of the OpenAPI documents of the API and of the event endpoints.

/** @param stage on AWS */
export const servers = (stage: string) => [
  {
    url: 'https://{api-id}.execute-api.{region}.amazonaws.com/{stage}',
    description: 'A stage on AWS',
    variables: {
      'api-id': { default: 'abcdefghij', description: "The stack's output RestApiId" },
      region: { default: 'us-east-1' },
      stage: { default: stage },
    },
  },
  {
    url: 'http://127.0.0.1:{port}/_aws/execute-api/{api-id}/local',
    description: 'What npm start runs',
    variables: {
      port: { default: '4566' },
      'api-id': { default: 'ljmvcdzoja', description: 'Part of the URL that npm start prints' },
    },
  },
];

const ERROR_CODE = {
  description: "Kinesis's code; absent where the error is API Gateway's",
  schema: { type: 'string' },
};

/** An answer that refers to one that is required has it always. */
export const HEADERS = {
  [DEPLOYMENT_HEADER]: {
    description: 'The deployment that answered',
    required: true,
    schema: { type: 'string' },
  },
  'x-amzn-RequestId': {
    description: 'The id of this request, in the logs as well',
    required: true,
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'How many seconds to wait at least before the request is sent again',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  FailedRecords: {
    description: 'How many records of the batch were refused',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  ErrorCode: { ...ERROR_CODE, description: "Kinesis's code", required: true },
  OptionalErrorCode: ERROR_CODE,
};

/** Written as in API Gateway's own exports. */
export const SECURITY_SCHEMES = {
  sigv4: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    description: 'AWS Signature Version 4 for the service execute-api',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
  apiKey: { type: 'apiKey', name: 'x-api-key', in: 'header' },
} as const;

/** All errors have this shape. */
export const errorSchema: Schema = {
  ...object({
    code: text("Kinesis's code, or API Gateway's response type"),
    message: text('The message of Kinesis or API Gateway; may be empty'),
    requestId: text('The same as in the header `x-amzn-RequestId`'),
  }),
  additionalProperties: false,
};

/** The one error that API Gateway lets no API shape: a body that is too large. */
export const messageSchema: Schema = object({ message: text('The message of API Gateway') });
