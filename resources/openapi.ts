import { version } from '../package.json';
import { endpoints } from './endpoints';
import { parts } from './endpoints/shared/answers';
import { TAGS } from './endpoints/shared/endpoint';
import {
  errorSchema,
  HEADERS,
  messageSchema,
  SECURITY_SCHEMES,
  servers,
} from './openapi/components';
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
        "An HTTP front door to Amazon Kinesis Data Streams. Success is 200 with Kinesis's own JSON; an error has a status that says what happened, and one envelope, but for 413, which is API Gateway's own. In the examples, a request and its answer bear the same name.",
      contact: { name: 'The maintainers of this API' },
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: servers('dev'),
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    // Which of these a stage requires depends on its parameter `authorization`.
    security: [{ sigv4: [] }, { apiKey: [] }, {}],
    paths: paths(),
    components: {
      schemas: {
        ...requestSchemas(),
        ...outputSchemas(),
        ...parts,
        Error: errorSchema,
        Message: messageSchema,
      },
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  } as const;
}

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
