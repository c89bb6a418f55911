import { evaluateMappingTemplate } from 'embedded-aws/velocity';
import type { BodyKind } from '../../resources/events/senders';
import { requestTemplate } from '../../resources/events/templates';
import type { StreamSettings } from '../../resources/streams/declaration';
import { type DeclaredStream, declaredStreams } from '../../resources/streams/declared';

/** A request to an event endpoint. */
export interface Sent {
  readonly body?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The stream `orders` with these settings, on stage `dev`. */
export function streamWith(settings: StreamSettings = {}): DeclaredStream {
  const [stream] = declaredStreams(
    { orders: { streamName: 'orders', ...settings } },
    { stage: 'dev', folder: __dirname },
  );
  if (stream === undefined) throw new TypeError('A declaration makes a stream.');
  return stream;
}

export const REQUEST_ID = 'request-1';
export const RECEIVED_AT = 1_790_000_000_123;

/** The request that the template renders for Kinesis, and whether the access log names the stream. */
export function renderEvent(stream: DeclaredStream, kind: BodyKind, sent: Sent = {}) {
  const { text, requestOverride } = evaluateMappingTemplate(requestTemplate(stream, kind), {
    body: sent.body ?? '',
    params: { path: {}, querystring: { ...sent.query }, header: { ...sent.headers } },
    context: {
      requestId: REQUEST_ID,
      requestTimeEpoch: RECEIVED_AT,
      httpMethod: kind === 'pixel' ? 'GET' : 'POST',
      identity: { sourceIp: '203.0.113.7', userAgent: sent.headers?.['User-Agent'] },
      requestOverride: {},
      responseOverride: {},
    },
    stageVariables: {},
  });
  return { request: JSON.parse(text), logged: requestOverride.path.stream };
}

export interface RenderedRecord {
  readonly Data: string;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string;
}

/** The records of a rendered request, with their data as text. */
export function recordsOf(stream: DeclaredStream, kind: BodyKind, sent: Sent = {}) {
  const { request } = renderEvent(stream, kind, sent);
  const { StreamName, Records = [request] } = request;
  if (StreamName !== stream.streamName) throw new Error(`Goes to ${StreamName}`);
  return (Records as RenderedRecord[]).map(({ Data, PartitionKey, ExplicitHashKey }) => ({
    data: Buffer.from(Data, 'base64').toString('utf8'),
    key: PartitionKey,
    ...(ExplicitHashKey !== undefined && { refused: ExplicitHashKey }),
  }));
}
