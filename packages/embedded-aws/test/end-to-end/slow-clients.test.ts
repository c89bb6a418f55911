import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net, { type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { until } from 'dev-kit/testing/until';
import type { HttpResponse } from '../../src/core/http';
import { type Listener, listen } from '../../src/server/listen';
import type { Timeouts } from '../../src/server/timeouts';

// Clients that begin something and never end it. Each of them is let go; nobody else is.

const SOON: Timeouts = {
  idleMs: 400,
  headersMs: 200,
  bodyWindowMs: 200,
  bodyBytes: 1_000,
  bodyMs: 60_000,
  answerMs: 300,
  sweepMs: 20,
};

let listener: Listener;
const closers: (() => void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await listener.close();
});

async function serve(
  answer: Partial<HttpResponse> = {},
  timeouts: Partial<Timeouts> = {},
): Promise<Buffer[]> {
  const bodies: Buffer[] = [];
  listener = await listen(
    0,
    async ({ body }) => {
      bodies.push(body);
      return { status: 200, headers: {}, body: 'ok', ...answer };
    },
    { ...SOON, ...timeouts },
  );
  return bodies;
}

async function connected(): Promise<Socket> {
  const socket = net.connect(listener.port, '127.0.0.1');
  closers.push(() => socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

function session(): http2.ClientHttp2Session {
  const client = http2.connect(`http://127.0.0.1:${listener.port}`);
  closers.push(() => client.destroy());
  client.on('error', () => {});
  return client;
}

/** Sends a piece again and again until the connection ends. */
function drip(socket: Socket, piece: string | Buffer): void {
  const timer = setInterval(() => socket.write(piece), 10);
  socket.once('close', () => clearInterval(timer));
  closers.push(() => clearInterval(timer));
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const SETTINGS = frame(4, 0, 0, Buffer.alloc(0));
const PING = frame(6, 0, 0, Buffer.alloc(8));
/** `:method POST`, `:scheme http`, `:path /`, without the end of the headers. */
const HALF_HEADERS = frame(1, 0, 1, Buffer.from([0x83, 0x86, 0x84]));

describe('a connection ends that', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => {}],
    ['stops in the preface of HTTP/2', (socket) => socket.write('PR')],
    ['sends half of its headers', (socket) => socket.write('GET / HTTP/1.1\r\nHost: a\r\n')],
    [
      'sends one header after another',
      (socket) => {
        socket.write('GET / HTTP/1.1\r\n');
        drip(socket, 'a: b\r\n');
      },
    ],
    ['sends empty lines', (socket) => drip(socket, '\r\n')],
    [
      'sends half of its body',
      (socket) => socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf'),
    ],
    [
      'sends its body byte by byte',
      (socket) => {
        socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n');
        drip(socket, 'x');
      },
    ],
    [
      'sends chunks of a byte',
      (socket) => {
        socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
        drip(socket, '1\r\nx\r\n');
      },
    ],
    [
      'waits for leave to send its body, and does not',
      (socket) =>
        socket.write(
          'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
        ),
    ],
    [
      'sends half of a second request',
      (socket) => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHo'),
    ],
    ['opens a session and nothing else', (socket) => socket.write(PREFACE)],
    [
      'keeps a session with pings alone',
      (socket) => {
        socket.write(Buffer.concat([PREFACE, SETTINGS]));
        drip(socket, PING);
      },
    ],
    [
      'sends half of the headers of a stream',
      (socket) => socket.write(Buffer.concat([PREFACE, SETTINGS, HALF_HEADERS])),
    ],
  ])('%s', async (_, misbehave) => {
    await serve();
    const socket = await connected();
    socket.resume();

    misbehave(socket);

    await once(socket, 'close');
  });

  test('pours a body without end', async () => {
    await serve({}, { bodyMs: 500 });
    const socket = await connected();
    socket.resume();
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');

    drip(socket, `1000\r\n${'x'.repeat(0x1000)}\r\n`);

    await once(socket, 'close');
  });

  test.each(['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3)])(
    'never reads its answer',
    async (request) => {
      await serve({ body: Buffer.alloc(32 * 1024 * 1024) });
      const socket = await connected();
      let isGone = false;
      // Nothing is read, so that the end shows only when something is sent.
      socket.on('close', () => {
        isGone = true;
      });

      socket.write(request);
      await until(() => {
        if (!isGone) socket.write('\r\n');
        return isGone;
      });
    },
  );

  test('never reads what is streamed to it', async () => {
    const told: AbortSignal[] = [];
    await serve({
      stream: async function* (signal) {
        told.push(signal);
        while (!signal.aborted) yield Buffer.alloc(0x10000);
      },
    });
    const socket = await connected();

    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');

    await until(() => told[0]?.aborted === true);
  });
});

test('who is late with a request or its body is told so', async () => {
  await serve();
  const [headers, body] = [await connected(), await connected()];

  headers.write('GET / HTTP/1.1\r\n');
  body.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');

  // Node itself answers the first, before there is a request.
  const [late, slow] = await Promise.all([buffer(headers), buffer(body)]);
  expect(late.toString()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(slow.toString()).toMatch(
    /^HTTP\/1\.1 408 Request Timeout\r\nx-amz-error-code: RequestTimeout\r\n/,
  );
});

describe('of a session, a stream ends', () => {
  test('whose body does not', async () => {
    await serve();
    const client = session();
    const stream = client.request({ ':method': 'POST', ':path': '/' }, { endStream: false });
    stream.write('half');

    const [headers] = await once(stream, 'response');
    expect(headers[':status']).toBe(408);
    stream.resume();
    await once(stream, 'close');

    // The session goes on.
    const next = client.request({ ':path': '/' });
    expect((await buffer(next)).toString()).toBe('ok');
  });

  test('whose answer is not taken', async () => {
    await serve({ body: Buffer.alloc(8 * 1024 * 1024) });
    const stream = session().request({ ':path': '/' });
    stream.on('error', () => {});

    // The end comes although the stream's window stays shut.
    stream.pause();
    await until(() => stream.rstCode === http2.constants.NGHTTP2_CANCEL);
  });

  test('and no more of them run at a time than are allowed', async () => {
    await serve();
    const client = session();
    await once(client, 'remoteSettings');

    expect(client.remoteSettings.maxConcurrentStreams).toBe(1_000);
  });
});

/** Opens a connection that does nothing, and waits until it is ended: longer than all the limits. */
async function longer(): Promise<void> {
  const idle = await connected();
  idle.resume();
  await once(idle, 'close');
}

describe('nobody is cut off who', () => {
  test('sends a large body slowly', async () => {
    const bodies = await serve();
    const socket = await connected();
    const patience = longer().then(longer);
    let isPatient = true;
    patience.then(() => {
      isPatient = false;
    });
    let sent = 0;
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    await until(() => {
      socket.write(`200\r\n${'x'.repeat(0x200)}\r\n`);
      sent += 0x200;
      return !isPatient;
    });
    socket.write('0\r\n\r\n');
    const [answer] = await once(socket, 'data');

    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    expect(bodies[0]).toHaveLength(sent);
  });

  test('waits for a service that takes its time', async () => {
    let release = () => {};
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    listener = await listen(
      0,
      async () => {
        await done;
        return { status: 200, headers: {}, body: 'late' };
      },
      SOON,
    );
    const overHttp1 = http.get({ port: listener.port, host: '127.0.0.1' });
    const overHttp2 = session().request({ ':path': '/' });

    await longer();
    release();

    const [answer] = await once(overHttp1, 'response');
    expect((await buffer(answer)).toString()).toBe('late');
    expect((await buffer(overHttp2)).toString()).toBe('late');
  });

  test('listens to a stream in which nothing happens for long', async () => {
    let release = () => {};
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    await serve({
      stream: async function* () {
        yield Buffer.from('first ');
        await done;
        yield Buffer.from('last');
      },
    });
    const overHttp2 = session().request({ ':path': '/' });
    const overHttp1 = http.get({ port: listener.port, host: '127.0.0.1' });
    const [answer] = await once(overHttp1, 'response');

    await longer();
    release();

    expect((await buffer(answer)).toString()).toBe('first last');
    expect((await buffer(overHttp2)).toString()).toBe('first last');
  });

  test('reads a large answer slowly', async () => {
    const body = Buffer.alloc(24 * 1024 * 1024, 'x');
    await serve({ body }, { answerMs: 1_000 });
    const sources = [
      async () => (await once(http.get({ port: listener.port, host: '127.0.0.1' }), 'response'))[0],
      async () => session().request({ ':path': '/' }),
    ];

    const slowly = async (source: () => Promise<AsyncIterable<Buffer>>) => {
      let size = 0;
      for await (const chunk of await source()) {
        size += chunk.length;
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
      return size;
    };
    expect(await Promise.all(sources.map(slowly))).toEqual([body.length, body.length]);
  });

  test('asks again on one connection for longer than it may be idle', async () => {
    await serve();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    closers.push(() => agent.destroy());
    const ports = new Set<number | undefined>();
    let isOver = false;
    longer().then(() => {
      isOver = true;
    });

    await until(async () => {
      const request = http.get({ port: listener.port, host: '127.0.0.1', agent });
      const [answer] = await once(request, 'response');
      ports.add(request.socket?.localPort);
      await buffer(answer);
      return isOver;
    });

    expect(ports.size).toBe(1);
  });
});
