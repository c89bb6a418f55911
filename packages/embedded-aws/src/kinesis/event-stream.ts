import { toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { encodeEvent, encodeException } from './wire/event-stream';
import { answerIds, type Codec } from './wire/protocol';

/** The output of a streaming operation: a series of events, all of one type. */
export class EventStream<Event = unknown> {
  /** Name of the event type, for example `SubscribeToShardEvent`. */
  readonly eventType: string;
  /**
   * Produces the events, starting when it is called. Ends by itself or throws the AwsError that
   * ends the stream, and ends soon after the signal reports that the client has disconnected.
   */
  readonly events: (signal: AbortSignal) => AsyncIterable<Event>;

  constructor(eventType: string, events: (signal: AbortSignal) => AsyncIterable<Event>) {
    this.eventType = eventType;
    this.events = events;
  }
}

/** The HTTP response that carries an event stream: an `initial-response`, then the events. */
export function answerEventStream(
  codec: Codec,
  { requestId }: AwsRequest,
  stream: EventStream,
): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      ...answerIds(requestId),
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
  // RPC clients wait for the initial response before they hand the stream to their caller.
  yield encodeEvent(codec, 'initial-response', {});
  try {
    for await (const event of stream.events(signal)) {
      yield encodeEvent(codec, stream.eventType, event);
    }
  } catch (thrown) {
    const { code, message } = toAwsError(thrown);
    // In event streams, the service model names this error differently.
    const type = code === 'InternalFailure' ? 'InternalFailureException' : code;
    yield encodeException(codec, type, message);
  }
}
