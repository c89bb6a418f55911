import type { AwsError } from './errors';
import type { AwsRequest, HttpRequest, HttpResponse } from './http';

/** One AWS service. The server picks it by the service name in the request's credential scope. */
export interface AwsService {
  /** The name requests are signed for: `kinesis`, `cloudformation`, `apigateway`, … */
  readonly signingName: string;
  /**
   * Answers a request, at once where it waits for nothing: promises cost a small request more than its
   * parsing. Never throws: errors are answers in the service's own protocol.
   */
  handle(request: AwsRequest): HttpResponse | Promise<HttpResponse>;
  /** How it answers requests without credentials that hold, where that is known of it. */
  readonly unsigned?: UnsignedRequests;
  /** The CORS headers of its answers to web pages, where they are known. */
  readonly pageHeaders?: Readonly<Record<string, string>>;
}

/** How a service answers requests whose credentials are missing or refused. */
export interface UnsignedRequests {
  /** True if the headers of a request without a credential scope show that it is for this service. */
  isFor(request: HttpRequest): boolean;
  /** The answer: a service may find fault with the form of a request before it looks at credentials. */
  refuse(request: HttpRequest, requestId: string, error: AwsError): HttpResponse;
}
