import type { AwsRequest, HttpResponse } from './http';

/** One AWS service. The server picks it by the service name in the request's credential scope. */
export interface AwsService {
  /** The name requests are signed for: `kinesis`, `cloudformation`, `apigateway`, … */
  readonly signingName: string;
  /** Answers a request. Never throws: errors are answers in the service's own protocol. */
  handle(request: AwsRequest): Promise<HttpResponse>;
}
