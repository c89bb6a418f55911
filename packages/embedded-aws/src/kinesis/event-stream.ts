import { toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { encodeEvent, encodeException } from './wire/event-stream';
import type { Codec } from './wire/protocol';

/** What an operation answers that goes on to answer: events, each a structure of one type. */
export class EventStream<Event = unknown> {
  /** What the events are called, `SubscribeToShardEvent`. */
  readonly eventType: string;
  /**
   * Gives the events, from the moment it is called. Ends, or throws the AwsError that ends it, and
   * ends soon once the signal says that nobody listens.
   */
  readonly events: (signal: AbortSignal) => AsyncIterable<Event>;

  constructor(eventType: string, events: (signal: AbortSignal) => AsyncIterable<Event>) {
    this.eventType = eventType;
    this.events = events;
  }
}

/** The HTTP answer that carries an event stream: an `initial-response`, then the events. */
export function answerEventStream(
  codec: Codec,
  { requestId }: AwsRequest,
  stream: EventStream,
): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-requestid': requestId,
    },
    body: '',
    stream: (signal) => messages(codec, stream, signal),
  };
}

async function* messages(
  codec: Codec,
  stream: EventStream,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  // Clients of RPC protocols wait for it before they give the stream to whoever asked.
  yield encodeEvent(codec, 'initial-response', {});
  try {
    for await (const event of stream.events(signal)) {
      yield encodeEvent(codec, stream.eventType, event);
    }
  } catch (thrown) {
    const { code, message } = toAwsError(thrown);
    // The model's name for it in streams.
    const type = code === 'InternalFailure' ? 'InternalFailureException' : code;
    yield encodeException(codec, type, message);
  }
}
