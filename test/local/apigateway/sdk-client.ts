import { Readable } from 'node:stream';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { ApiGateway } from '../../../local/apigateway';
import { awsRequest } from '../../support/aws-request';

// Which Node versions the SDK will drop next year is of no concern to a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** AWS's own client, speaking to the service in this process: what it cannot read, users cannot. */
export function sdkClient(apiGateway: ApiGateway): APIGatewayClient {
  return new APIGatewayClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: {
      async handle(request: SdkRequest) {
        const query = new URLSearchParams();
        for (const [name, value] of Object.entries(request.query ?? {})) {
          for (const item of [value].flat()) query.append(name, item);
        }
        const answer = await apiGateway.handle(
          awsRequest({
            method: request.method,
            path: request.path,
            query: query.toString(),
            headers: request.headers,
            body: bytesOf(request.body),
          }),
        );
        return {
          response: {
            statusCode: answer.status,
            headers: answer.headers,
            body: Readable.from([Buffer.from(answer.body)]),
          },
        };
      },
    },
  });
}

/** The SDK's own kind of bytes warns when it is taken for text, which `Buffer.from` does. */
function bytesOf(body: string | Uint8Array | undefined): Buffer {
  return Buffer.from(body instanceof Uint8Array ? new Uint8Array(body) : (body ?? ''));
}
