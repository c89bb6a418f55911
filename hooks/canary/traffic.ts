/** Requests that a run sent within one minute. */
export interface Minute {
  /** Its beginning, in milliseconds since 1970. */
  readonly at: number;
  readonly requests: number;
  /** Of these, the ones answered with a 4XX, which many checks expect. */
  readonly clientErrors: number;
  /** Of these, the ones that a model refused: API Gateway's own 400, not Kinesis's. */
  readonly modelRefusals: number;
}

export interface CountedTransport {
  readonly transport: typeof fetch;
  /** The counts so far, oldest first. */
  minutes(): Minute[];
}

const MINUTE_MS = 60_000;

/** As API Gateway says it in the header `x-amzn-ErrorType`. */
const REFUSED_BY_MODEL = 'BadRequestException';

/**
 * Counts what goes through a transport, minute by minute: the resolution at which API Gateway counts
 * requests, so that an alarm can leave these out of the stage's.
 */
export function counted(transport: typeof fetch, now: () => number = Date.now): CountedTransport {
  const minutes = new Map<number, Minute>();
  return {
    transport: async (...request) => {
      const answer = await transport(...request);
      // Read once: twice could be on both sides of a millisecond.
      const time = now();
      const at = time - (time % MINUTE_MS);
      const { requests = 0, clientErrors = 0, modelRefusals = 0 } = minutes.get(at) ?? {};
      const isClientError = answer.status >= 400 && answer.status < 500;
      const isRefusal =
        answer.status === 400 && answer.headers.get('x-amzn-errortype') === REFUSED_BY_MODEL;
      minutes.set(at, {
        at,
        requests: requests + 1,
        clientErrors: clientErrors + Number(isClientError),
        modelRefusals: modelRefusals + Number(isRefusal),
      });
      return answer;
    },
    minutes: () => [...minutes.values()],
  };
}
