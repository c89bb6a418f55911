import { once } from 'node:events';
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the services that do not speak JSON throttle, by their name in a signature. */
const throttledQuery = {
  status: 400,
  type: 'text/xml',
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
};
const THROTTLED = new Map([
  ['cloudformation', throttledQuery],
  ['iam', throttledQuery],
  ['sts', throttledQuery],
  [
    's3',
    {
      status: 503,
      type: 'application/xml',
      body: '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
    },
  ],
]);
const throttledJson = {
  status: 400,
  type: 'application/json',
  body: '{"__type":"ThrottlingException","message":"Rate exceeded"}',
};

/** A fault that meets a request on its way to AWS, instead of an answer. */
const FAULTS = {
  /** Never gets there. */
  'reset before': ({ incoming }) => {
    incoming.socket.destroy();
  },
  /** Is carried out, and the answer is lost. */
  'reset after': ({ incoming, forward }) => {
    forward((answer) => {
      answer.resume();
      incoming.socket.destroy();
    });
  },
  /** Nothing comes for a while, and then the connection ends. */
  timeout: ({ incoming }) => {
    setTimeout(() => incoming.socket.destroy(), 300);
  },
  unavailable: ({ outgoing }) => {
    outgoing.writeHead(503, { 'content-type': 'text/plain' }).end('Service Unavailable');
  },
  throttled: ({ incoming, outgoing }) => {
    const [, service = ''] =
      /\/(\w+)\/aws4_request/.exec(incoming.headers.authorization ?? '') ?? [];
    const { status, type, body } = THROTTLED.get(service) ?? throttledJson;
    const named = status === 400 && { 'x-amzn-errortype': 'ThrottlingException' };
    outgoing.writeHead(status, { 'content-type': type, ...named }).end(body);
  },
} as const satisfies Record<string, (exchange: Exchange) => void>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
/** Of a network alone: what verification and clients are known to bear in any number. */
const OF_THE_NETWORK: readonly FaultName[] = ['reset before', 'reset after', 'timeout'];

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly forward: (onAnswer: (answer: IncomingMessage) => void) => void;
}

export interface FaultyProxy {
  readonly endpoint: string;
  /** How often each fault happened. */
  readonly happened: ReadonlyMap<FaultName, number>;
  /** How many requests have come. */
  requests(): number;
  stop(): Promise<void>;
}

/**
 * A proxy in front of an endpoint, in which every so many requests something goes wrong, one fault
 * after another. Signatures pass: host and path stay as they were signed.
 */
export async function startFaultyProxy(
  target: string,
  every: { readonly control: number; readonly api: number },
): Promise<FaultyProxy> {
  const happened = new Map<FaultName, number>();
  const seen = { control: 0, api: 0 };
  const faultOf = (kind: 'control' | 'api'): FaultName | undefined => {
    seen[kind] += 1;
    if (seen[kind] % every[kind] !== 0) return undefined;
    const faults = kind === 'api' ? OF_THE_NETWORK : FAULT_NAMES;
    return faults[(seen[kind] / every[kind]) % faults.length];
  };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const forward = forwarding(target, incoming, outgoing, Buffer.concat(chunks));
    const fault = faultOf(incoming.url?.includes('/_aws/execute-api/') ? 'api' : 'control');
    if (fault === undefined) {
      forward((answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      });
      return;
    }
    happened.set(fault, (happened.get(fault) ?? 0) + 1);
    FAULTS[fault]({ incoming, outgoing, forward });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    happened,
    requests: () => seen.control + seen.api,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function forwarding(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: Buffer,
): Exchange['forward'] {
  const { hostname, port } = new URL(target);
  const { method, url: path, rawHeaders } = incoming;
  return (onAnswer) => {
    const sent: ClientRequest = request(
      { hostname, port, method, path, headers: rawHeaders, setHost: false },
      onAnswer,
    );
    sent.on('error', () => outgoing.destroy());
    sent.end(body);
  };
}
