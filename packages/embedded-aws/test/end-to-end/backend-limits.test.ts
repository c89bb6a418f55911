import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { until } from 'dev-kit/testing/until';
import { MAX_PAYLOAD_BYTES } from '../../src/execute-api/integrations/payload-limit';
import { apiUnderTest } from '../execute-api/api-under-test';

// Backends that never end, say too much, or unpack to more than they send.

type Backend = (socket: Socket) => void;

const sockets = new Set<Socket>();
const servers: net.Server[] = [];

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** An API in front of a backend that answers as it likes. */
async function apiOf(backend: Backend, timeoutInMillis = 29_000, type = 'HTTP_PROXY') {
  const opened: Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.add(socket);
    opened.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => backend(socket));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const failures: string[] = [];
  const api = await apiUnderTest({
    options: { reportFailure: (reason) => failures.push(reason) },
  });
  await api.route({
    path: '/x',
    integration: {
      Type: type,
      IntegrationHttpMethod: 'GET',
      Uri: `http://127.0.0.1:${port}/`,
      TimeoutInMillis: timeoutInMillis,
      IntegrationResponses: [{ StatusCode: '200' }],
    },
  });
  await api.deploy();
  return { ...api, opened, failures };
}

const head = (...headers: string[]) => `HTTP/1.1 200 OK\r\n${headers.join('\r\n')}\r\n\r\n`;

/** Writes as fast as the other side takes it, until it goes. */
function pour(socket: Socket, piece: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

/** Writes a little again and again, until the other side goes. */
function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 5);
  socket.on('close', () => clearInterval(timer));
}

const packed = (encoding: string, bytes: Buffer): Backend => {
  return (socket) => {
    socket.end(
      Buffer.concat([
        Buffer.from(head(`content-encoding: ${encoding}`, `content-length: ${bytes.length}`)),
        bytes,
      ]),
    );
  };
};

const bomb = Buffer.alloc(8 * MAX_PAYLOAD_BYTES);
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
/** Packed once for all tests, which takes a while. */
const GZIP = packed('gzip', gzipSync(bomb, { level: 1 }));
const DEFLATE = packed('deflate', deflateSync(bomb, { level: 1 }));
const BROTLI = packed('br', brotliCompressSync(bomb, FAST));
const MORE = Buffer.alloc(MAX_PAYLOAD_BYTES + 1);
const CHUNK = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')]);

describe.each(['HTTP_PROXY', 'HTTP'])('%s stops reading at 10 MiB:', (type) => {
  test.each<[string, Backend]>([
    [
      'an answer that announces more',
      (socket) => socket.write(head(`content-length: ${MAX_PAYLOAD_BYTES + 1}`)),
    ],
    [
      'a chunked answer without end',
      (socket) => {
        socket.write(head('transfer-encoding: chunked'));
        pour(socket, CHUNK);
      },
    ],
    [
      'an answer without length or end',
      (socket) => {
        socket.write(head('connection: close'));
        pour(socket, Buffer.alloc(0x10000));
      },
    ],
    ['a byte more', (socket) => socket.end(Buffer.concat([Buffer.from(head('a: b')), MORE]))],
    ['gzip that unpacks to more', GZIP],
    ['deflate that unpacks to more', DEFLATE],
    ['brotli that unpacks to more', BROTLI],
  ])('%s', async (_, backend) => {
    const api = await apiOf(backend, 29_000, type);

    const answer = await api.call({ path: '/x' });

    expect(answer).toMatchObject({ status: 500, text: '{"message": "Internal server error"}' });
    expect(api.failures[0]).toMatch(/larger than allowed maximum of 10485760 bytes\.$/);
    await until(() => api.opened.every(({ destroyed }) => destroyed));
  });
});

test('exactly 10 MiB pass, plain and packed', async () => {
  const most = Buffer.alloc(MAX_PAYLOAD_BYTES, 'x');
  const plain = await apiOf((socket) => {
    socket.end(Buffer.concat([Buffer.from(head(`content-length: ${most.length}`)), most]));
  });
  const gzip = await apiOf(packed('gzip', gzipSync(most)));

  for (const api of [plain, gzip]) {
    const { status, body } = await api.call({ path: '/x' });
    expect(status).toBe(200);
    expect(most.equals(Buffer.from(body))).toBe(true);
  }
});

describe('the connection is let go when the time is up:', () => {
  test.each<[string, Backend]>([
    ['a backend that says nothing', () => {}],
    [
      'a header that comes slowly',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\na: ');
        drip(socket, 'x');
      },
    ],
    [
      'one header after another',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        drip(socket, 'a: b\r\n');
      },
    ],
    ['provisional answers without end', (socket) => drip(socket, 'HTTP/1.1 100 Continue\r\n\r\n')],
    [
      'a body that comes byte by byte',
      (socket) => {
        socket.write(head('content-length: 1000000'));
        drip(socket, 'x');
      },
    ],
    [
      'chunks of a byte',
      (socket) => {
        socket.write(head('transfer-encoding: chunked'));
        drip(socket, '1\r\nx\r\n');
      },
    ],
    [
      'gzip that comes byte by byte',
      (socket) => {
        socket.write(head('content-encoding: gzip', 'transfer-encoding: chunked'));
        drip(socket, '1\r\n\x1f\r\n');
      },
    ],
  ])('%s', async (_, backend) => {
    const api = await apiOf(backend, 200);

    const answer = await api.call({ path: '/x' });

    expect(answer).toMatchObject({
      status: 504,
      text: '{"message": "Endpoint request timed out"}',
    });
    await until(() => api.opened.every(({ destroyed }) => destroyed));
  });
});

describe('headers without end are a failure of the backend:', () => {
  test.each<[string, Backend]>([
    [
      'many',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        pour(socket, Buffer.from(`a: ${'x'.repeat(1_000)}\r\n`));
      },
    ],
    [
      'one that is long',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\na: ');
        pour(socket, Buffer.alloc(1_000, 'x'));
      },
    ],
    [
      'trailers',
      (socket) => {
        socket.write(`${head('transfer-encoding: chunked')}1\r\nx\r\n0\r\n`);
        pour(socket, Buffer.from(`a: ${'x'.repeat(1_000)}\r\n`));
      },
    ],
    [
      'the extension of a chunk',
      (socket) => {
        socket.write(`${head('transfer-encoding: chunked')}1;`);
        pour(socket, Buffer.alloc(1_000, 'x'));
      },
    ],
    [
      'provisional answers as fast as can be',
      (socket) => pour(socket, Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(40))),
    ],
  ])('%s', async (_, backend) => {
    const api = await apiOf(backend, 2_000);

    const answer = await api.call({ path: '/x' });

    expect(answer.status).toBe(504);
    await until(() => api.opened.every(({ destroyed }) => destroyed));
  });
});
