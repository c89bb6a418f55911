import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** Node's request objects. */
export type Request = IncomingMessage | Http2ServerRequest;

/** Node's response objects. */
export type Response = ServerResponse | Http2ServerResponse;
