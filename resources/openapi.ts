import { version } from '../package.json';
import { DEPLOYMENT_HEADER } from './deployment-header';
import { endpoints } from './endpoints';
import { object, parts, text } from './endpoints/shared/answers';
import { TAGS } from './endpoints/shared/endpoint';
import { type Operation, operation } from './openapi/operation';
import { requestSchemas } from './openapi/request-schemas';
import type { Schema } from './openapi/schema';

/** The OpenAPI 3.0 document, derived from the endpoints that the stack deploys. */
export function openApiDocument() {
  return {
    openapi: '3.0.3',
    info: {
      title: 'Kinesis REST Proxy',
      version,
      description:
        "An HTTP front door to Amazon Kinesis Data Streams. Success is 200 with Kinesis's own JSON; an error has a status that says what happened, and one envelope. In the examples, a request and its answer bear the same name.",
      contact: { name: 'The maintainers of this API' },
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: SERVERS,
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    // Which of these a stage requires depends on its parameter `authorization`.
    security: [{ sigv4: [] }, { apiKey: [] }, {}],
    paths: paths(),
    components: {
      schemas: { ...requestSchemas(), ...outputSchemas(), ...parts, Error: errorSchema },
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  } as const;
}

const SERVERS = [
  {
    url: 'https://{api-id}.execute-api.{region}.amazonaws.com/{stage}',
    description: 'A stage on AWS',
    variables: {
      'api-id': { default: 'abcdefghij', description: "The stack's output RestApiId" },
      region: { default: 'us-east-1' },
      stage: { default: 'dev' },
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
const HEADERS = {
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
const SECURITY_SCHEMES = {
  sigv4: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    description: 'AWS Signature Version 4 for the service execute-api',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
  apiKey: { type: 'apiKey', name: 'x-api-key', in: 'header' },
};

/** All errors have this shape. */
const errorSchema: Schema = {
  ...object({
    code: text("Kinesis's code, or API Gateway's response type"),
    message: text('The message of Kinesis or API Gateway; may be empty'),
    requestId: text('The same as in the header `x-amzn-RequestId`'),
  }),
  additionalProperties: false,
};

function paths(): Record<string, Record<string, Operation>> {
  const all = new Map<string, Record<string, Operation>>();
  for (const endpoint of endpoints) {
    const { path, method } = endpoint;
    all.set(path, { ...all.get(path), [method.toLowerCase()]: operation(endpoint) });
  }
  return Object.fromEntries(all);
}

function outputSchemas(): Record<string, Schema> {
  return Object.fromEntries(endpoints.map(({ id, answer }) => [`${id}Output`, answer.schema]));
}
